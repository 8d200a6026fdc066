//! Dragging with pointer events: they come from mouse, pen and touch alike. A mouse may take the card anywhere; a finger takes its
//! grip, because elsewhere it scrolls.
use super::super::model::droppable;
use super::desk::{BoardState, Drag};
use crate::domain::order::Phase;
use leptos::ev::PointerEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Less than this is a click with an unsteady hand (pixels).
const STEADY: i32 = 6;
/// This near to the board's edge it scrolls (pixels), by so much an event.
const EDGE: i32 = 48;
const SCROLL: f64 = 14.0;

/// What a card needs to be dragged.
#[derive(Clone)]
pub(super) struct Handle {
    pub(super) desk: BoardState,
    pub(super) id: String,
    pub(super) from: Phase,
}

impl Handle {
    pub(super) fn press(&self, ev: &PointerEvent) {
        let target = ev.target().and_then(|t| t.dyn_into::<Element>().ok());
        let on = |selector: &str| {
            target
                .as_ref()
                .is_some_and(|t| t.closest(selector).is_ok_and(|found| found.is_some()))
        };
        let grip = on(".drag-handle");
        let elsewhere = ev.pointer_type() == "mouse" && !on("button, form, [popover]");
        if self.desk.may_move && ev.button() == 0 && (grip || elsewhere) {
            let origin = (ev.client_x(), ev.client_y());
            self.desk.drag.set(Some(Drag {
                id: self.id.clone(),
                from: self.from,
                origin,
                over: None,
                taken: false,
            }));
        }
    }

    pub(super) fn drag(&self, ev: &PointerEvent) {
        let Some(mut drag) = self.desk.drag.get_untracked().filter(|drag| drag.id == self.id) else {
            return;
        };
        let (dx, dy) = (ev.client_x() - drag.origin.0, ev.client_y() - drag.origin.1);
        let Some(card) = card_of(ev) else { return };
        if !drag.taken {
            if dx.abs().max(dy.abs()) < STEADY {
                return;
            }
            drag.taken = true;
            // Without capture the drag ends where the pointer leaves the card: still correct, only shorter.
            let _ = card.set_pointer_capture(ev.pointer_id());
        }
        ev.prevent_default();
        let _ = card
            .style()
            .set_property("transform", &format!("translate({dx}px, {dy}px) rotate(1.5deg)"));
        drag.over = phase_at(ev.client_x(), ev.client_y());
        scroll_near_edge(&card, ev.client_x());
        self.desk.drag.set(Some(drag));
    }

    pub(super) fn drop(&self, ev: &PointerEvent) {
        let held = self.desk.drag.get_untracked().filter(|drag| drag.id == self.id);
        self.cancel(ev);
        if let Some(Drag {
            from,
            over: Some(to),
            taken: true,
            ..
        }) = held
            && droppable(from, to)
        {
            self.desk.move_card(self.id.clone(), from, to);
        }
    }

    pub(super) fn cancel(&self, ev: &PointerEvent) {
        self.desk.drag.set(None);
        if let Some(card) = card_of(ev) {
            let _ = card.style().remove_property("transform");
        }
    }
}

fn card_of(ev: &PointerEvent) -> Option<HtmlElement> {
    ev.current_target()?.dyn_into().ok()
}

/// The column under the pointer; the card itself lets pointers through while it moves.
fn phase_at(x: i32, y: i32) -> Option<Phase> {
    let under = document().element_from_point(x as f32, y as f32)?;
    let column = under.closest("[data-phase]").ok()??;
    Phase::parse(&column.get_attribute("data-phase")?)
}

fn scroll_near_edge(card: &HtmlElement, x: i32) {
    let Ok(Some(board)) = card.closest(".board") else {
        return;
    };
    let edges = board.get_bounding_client_rect();
    if x < edges.left() as i32 + EDGE {
        board.scroll_by_with_x_and_y(-SCROLL, 0.0);
    } else if x > edges.right() as i32 - EDGE {
        board.scroll_by_with_x_and_y(SCROLL, 0.0);
    }
}
