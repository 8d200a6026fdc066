//! What the parts of the island share: what is typed, what is known of it, and the one way to ask.
use super::super::api::look_up;
use super::super::model::{Arrival, KnownAsset, Who};
use crate::kernel::text;
use crate::ui::prelude::field_id;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

/// Nobody types slower than this between two letters of a plate.
const PAUSE: Duration = Duration::from_millis(220);

#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub arrival: RwSignal<Arrival>,
    /// As typed by now.
    pub who: RwSignal<Who>,
    pub busy: RwSignal<bool>,
    pub failed: RwSignal<bool>,
    /// Only the last question's answer counts.
    turn: StoredValue<u32>,
}

impl Desk {
    pub fn new(arrival: Arrival, who: Who) -> Self {
        Self {
            arrival: RwSignal::new(arrival),
            who: RwSignal::new(who),
            busy: RwSignal::new(false),
            failed: RwSignal::new(false),
            turn: StoredValue::new(0),
        }
    }

    pub fn has_vehicle(self) -> bool {
        self.arrival.with(|a| a.vehicle.is_some())
    }
    pub fn has_customer(self) -> bool {
        self.arrival.with(|a| a.customer.is_some())
    }
    /// Whether there is an odometer to read; a new one is what the workshop repairs.
    pub fn metered(self, device: bool) -> bool {
        self.arrival
            .with(|a| a.vehicle.as_ref().map_or(!device, |v| v.metered))
    }
    /// Whether the typed odometer shows less than last time.
    pub fn lower(self) -> bool {
        let last = self.arrival.with(|a| a.vehicle.as_ref().and_then(|v| v.odometer));
        let typed = self.who.with(|w| text::odometer(&w.odometer_in).ok().flatten());
        last.zip(typed).is_some_and(|(last, typed)| typed < last)
    }

    /// A letter was typed into the field of this name.
    pub fn typed(self, field: &str, value: String) {
        self.who.update(|who| match field {
            "plate" => who.plate = value,
            "serial" => who.serial = value,
            "vin" => who.vin = value,
            "name" => who.name = value,
            "phone" => who.phone = value,
            "email" => who.email = value,
            "odometer_in" => who.odometer_in = value,
            _ => {}
        });
        match field {
            "plate" | "serial" => {
                self.doubt();
                self.ask_soon();
            }
            "vin" => self.ask_soon(),
            "name" | "phone" | "email" if !self.arrival.with_untracked(|a| a.customer.is_some()) => {
                self.ask_soon();
            }
            _ => {}
        }
    }

    /// Another mark than the shown vehicle's: it is not this one.
    fn doubt(self) {
        let marks = self.who.with_untracked(Who::marks);
        let wrong = |known: &KnownAsset| !known.answers_to(&marks);
        if self
            .arrival
            .with_untracked(|a| a.vehicle.as_ref().is_some_and(wrong))
        {
            self.who.update(|who| who.vehicle.clear());
            self.arrival.set(Arrival::default());
        }
    }

    fn ask_soon(self) {
        let turn = self.next_turn();
        set_timeout(move || self.ask(turn, || {}), PAUSE);
    }

    /// Asks at once, then does what follows.
    pub fn ask_now(self, then: impl FnOnce() + 'static) {
        let turn = self.next_turn();
        self.ask(turn, then);
    }

    fn next_turn(self) -> u32 {
        self.turn.update_value(|turn| *turn += 1);
        self.turn.get_value()
    }

    fn ask(self, turn: u32, then: impl FnOnce() + 'static) {
        if self.turn.get_value() != turn {
            return;
        }
        self.busy.set(true);
        let who = self.who.get_untracked();
        spawn_local(async move {
            let mark = if who.plate.is_empty() {
                who.serial
            } else {
                who.plate
            };
            let answer = look_up(
                mark,
                who.vin,
                who.vehicle,
                who.customer,
                who.name,
                who.phone,
                who.email,
            )
            .await;
            if self.turn.get_value() != turn {
                return;
            }
            self.busy.set(false);
            self.failed.set(answer.is_err());
            if let Ok(arrival) = answer {
                let known = arrival.vehicle.as_ref().map(|v| v.id.clone());
                self.who.update(|who| who.vehicle = known.unwrap_or_default());
                self.arrival.set(arrival);
            }
            then();
        });
    }

    /// The vehicle that was chosen from a customer's; its mark goes into the field.
    pub fn choose_vehicle(self, id: String) {
        self.who.update(|who| {
            who.without_vehicle();
            who.vehicle = id;
        });
        self.ask_now(move || {
            let mark = self
                .arrival
                .with_untracked(|a| a.vehicle.as_ref().map(|v| v.mark.clone()));
            self.fill(mark.unwrap_or_default());
            self.focus_next();
        });
    }

    pub fn forget_vehicle(self) {
        self.who.update(Who::without_vehicle);
        self.fill(String::new());
        self.ask_now(|| {});
        focus("plate");
        focus("serial");
    }

    pub fn choose_customer(self, id: String) {
        self.who.update(|who| who.customer = id);
        self.ask_now(|| {});
    }

    pub fn forget_customer(self) {
        self.who.update(|who| who.customer.clear());
        self.ask_now(|| focus("name"));
    }

    /// Where the next thing is to be typed.
    pub fn focus_next(self) {
        if self.has_vehicle() {
            focus("odometer_in");
        } else {
            focus("make");
        }
    }

    /// Writes into the look-up field.
    fn fill(self, mark: String) {
        for name in ["plate", "serial"] {
            if let Some(input) = element(name).and_then(|e| e.dyn_into::<HtmlInputElement>().ok()) {
                input.set_value(&mark);
                self.who.update(|who| match name {
                    "plate" => who.plate = mark.clone(),
                    _ => who.serial = mark.clone(),
                });
            }
        }
    }
}

fn element(field: &str) -> Option<web_sys::Element> {
    document().get_element_by_id(&field_id(field))
}

fn focus(field: &str) {
    if let Some(found) = element(field).and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        // A field that is hidden just now does not take it, which is right.
        let _ = found.focus();
    }
}
