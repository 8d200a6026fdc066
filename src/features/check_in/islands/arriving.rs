//! The left half of the check-in: vehicle, odometer, customer.
use super::super::model::{Arrival, Who};
use super::cards::{Choices, KnownCustomerCard, KnownVehicleCard, Perhaps};
use super::desk::Desk;
use super::fields::{NewAssetFields, NewCustomerFields, OdometerFields};
use crate::kernel::FieldErrors;
use crate::ui::prelude::*;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use web_sys::HtmlInputElement;

/// What the workshop set.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Setting {
    /// Repairs devices, not vehicles.
    pub device: bool,
    /// `km` or `mi`
    pub unit: String,
    pub require_odometer: bool,
}

/// Shows what is known and asks for the rest.
#[component]
pub fn Arriving(start: Arrival, who: Who, errors: FieldErrors, setting: Setting) -> impl IntoView {
    let desk = Desk::new(start, who.clone());
    let vehicle_id = move || desk.who.with(|w| w.vehicle.clone());
    let customer_id = move || desk.who.with(|w| w.customer.clone());
    view! {
        <div class="stack" on:input=move |ev| {
            let input = event_target::<HtmlInputElement>(&ev);
            desk.typed(&input.name(), input.value());
        }>
            <input type="hidden" name="vehicle" value=vehicle_id/>
            <input type="hidden" name="customer" value=customer_id/>
            <VehiclePart desk setting who=who.clone() errors=errors.clone()/>
            <CustomerPart desk who errors/>
        </div>
    }
}

#[component]
fn VehiclePart(desk: Desk, setting: Setting, who: Who, errors: FieldErrors) -> impl IntoView {
    let device = setting.device;
    let title = if device { "Device" } else { "Vehicle" };
    let known = move || {
        let vehicle = desk.arrival.with(|a| a.vehicle.clone());
        vehicle.map(|known| view! { <KnownVehicleCard desk known/> })
    };
    let row = view! { <LookUpRow desk device who=who.clone() errors=errors.clone()/> };
    let new = view! { <NewAssetFields device who=who.clone() errors=errors.clone()/> };
    let unmetered = move || !desk.metered(device);
    view! {
        <Card title>
            <div class="stack">
                {row}
                {known}
                <Choices desk/>
                <fieldset class="check-in-part" disabled=move || desk.has_vehicle() hidden=move || desk.has_vehicle()>
                    {new}
                </fieldset>
                <fieldset class="check-in-part" disabled=unmetered hidden=unmetered>
                    <OdometerFields desk setting who errors/>
                </fieldset>
            </div>
        </Card>
    }
}

#[component]
fn CustomerPart(desk: Desk, who: Who, errors: FieldErrors) -> impl IntoView {
    let known = move || {
        let customer = desk.arrival.with(|a| a.customer.clone());
        customer.map(|known| view! { <KnownCustomerCard desk known/> })
    };
    let new = view! { <NewCustomerFields who errors=errors.clone()/> };
    view! {
        <Card title="Customer">
            <div class="stack">
                {known}
                <fieldset class="check-in-part" disabled=move || desk.has_customer() hidden=move || desk.has_customer()>
                    {new}
                    <Perhaps desk errors/>
                </fieldset>
            </div>
        </Card>
    }
}

/// The mark, and the button that looks it up without script. First button of the form: Enter anywhere looks up, and never opens an order
/// by accident.
#[component]
fn LookUpRow(desk: Desk, device: bool, who: Who, errors: FieldErrors) -> impl IntoView {
    let (name, label, example, value) = if device {
        (
            "serial",
            "Serial number or IMEI",
            "35 209900 176148 1",
            who.serial,
        )
    } else {
        ("plate", "Plate or VIN", "B-AB 1234", who.plate)
    };
    let word = if device { "device" } else { "vehicle" };
    let state = move || {
        let typed = desk.who.with(|w| !w.marks().is_empty());
        if desk.failed.get() {
            "The look-up did not answer. You can fill everything in by hand.".to_owned()
        } else if desk.busy.get() {
            "Looking…".to_owned()
        } else if desk.has_vehicle() {
            "Known here.".to_owned()
        } else if !typed {
            "What is known appears while you type.".to_owned()
        } else {
            format!("New here: fill in what you know of the {word}.")
        }
    };
    view! {
        <div class="look-up">
            <Field label name value placeholder=example autofocus=true autocomplete="off" maxlength=60u32
                class="input-code input-mark" error=errors.at(name) span=Span::Full/>
            <button class="btn look-up-button" type="submit" formmethod="get" formnovalidate=true
                on:click=move |ev| { ev.prevent_default(); desk.ask_now(move || desk.focus_next()); }>
                <Icon name="search"/>
                "Look up"
            </button>
        </div>
        <p class="hint look-up-state" role="status">{state}</p>
    }
}
