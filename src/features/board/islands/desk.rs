//! What the board's columns and cards share: what is where, what is being dragged, and the one way to move.
use super::super::api::{move_card, read_board};
use super::super::model::{Card, droppable, name_of};
use crate::domain::order::Phase;
use crate::kernel::{AppError, Terms};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

/// What cards share: the state of the board and the one way to move.
#[derive(Clone, Copy)]
pub(super) struct BoardState {
    pub(super) cards: RwSignal<Vec<Card>>,
    /// Which work order was refused, and why.
    pub(super) problem: RwSignal<Option<(String, AppError)>>,
    pub(super) status: RwSignal<String>,
    pub(super) drag: RwSignal<Option<Drag>>,
    pub(super) may_move: bool,
    pub(super) terms: Terms,
}

impl BoardState {
    /// Shows the move at once, asks the server, and goes back with every reason when it is refused.
    pub(super) fn move_card(self, id: String, from: Phase, to: Phase) {
        self.problem.set(None);
        let name = self.cards.with_untracked(|cards| name_of(cards, &id, self.terms));
        self.place(&id, to);
        spawn_local(async move {
            let answer = move_card(id.clone(), from, to).await;
            match answer {
                Ok(board) => {
                    self.show(board.cards);
                    self.say(format!("Moved to {}", to.label()));
                }
                Err(problem) => {
                    self.place(&id, from);
                    let _ = self.problem.try_set(Some((name, problem)));
                    self.refresh();
                }
            }
        });
    }

    /// What the server says now; a board that is gone shows nothing.
    pub(super) fn show(self, cards: Vec<Card>) {
        let _ = self.cards.try_set(cards);
    }

    fn say(self, what: String) {
        let _ = self.status.try_set(what);
    }

    fn place(self, id: &str, phase: Phase) {
        let _ = self.cards.try_update(|cards| {
            if let Some(card) = cards.iter_mut().find(|card| card.id == id) {
                card.phase = phase;
            }
        });
    }

    pub(super) fn refresh(self) {
        spawn_local(async move {
            if let Ok(board) = read_board().await {
                self.show(board.cards);
            }
        });
    }
}

/// A card on its way.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Drag {
    pub(super) id: String,
    pub(super) from: Phase,
    pub(super) origin: (i32, i32),
    pub(super) over: Option<Phase>,
    /// Whether it left its place: before that it is a click.
    pub(super) taken: bool,
}

impl Drag {
    pub(super) fn holds(&self, id: &str) -> bool {
        self.taken && self.id == id
    }
    pub(super) fn may_drop_on(&self, phase: Phase) -> bool {
        self.taken && self.over == Some(phase) && droppable(self.from, phase)
    }
}

/// Puts the focus back on a card's grip after the card was drawn anew in another column.
pub(super) fn refocus(id: String) {
    request_animation_frame(move || {
        let grip = document().get_element_by_id(&format!("grip-{id}"));
        if let Some(grip) = grip.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
            // A grip that is gone needs no focus.
            let _ = grip.focus();
        }
    });
}
