//! What a card shows: texts made on the server, so that every screen shows the same.
use crate::domain::order::Phase;
use crate::kernel::Terms;
use crate::ui::data::Chip;
use serde::{Deserialize, Serialize};

/// How near a promise is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Promise {
    #[default]
    Later,
    /// Within the hour.
    Soon,
    Past,
    /// The work is done: the promise is kept or history.
    Kept,
}

/// A work order on the board. Public: it reaches the browser as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The typed id, as in links.
    pub id: String,
    pub number: String,
    pub phase: Phase,
    pub plate: String,
    pub asset: String,
    pub customer: String,
    pub promised: String,
    pub promise: Promise,
    /// The customer waits in the shop.
    pub waiting: bool,
    pub urgent: bool,
    /// A note calls for attention.
    pub attention: bool,
    /// `Key 12`: where the key hangs or the device lies; may be empty.
    pub key_tag: String,
    pub technicians: Vec<String>,
    /// Empty for who may not see money.
    pub money: String,
    /// How long it has been in this phase: `3 h`, `2 d`.
    pub dwell: String,
    /// Whether a customer's decision is missing.
    pub undecided: bool,
    /// What other features put on it.
    pub chips: Vec<Chip>,
}

impl Card {
    /// As people call it: number, and plate or model.
    pub fn name(&self) -> String {
        let thing = if self.plate.is_empty() {
            &self.asset
        } else {
            &self.plate
        };
        format!("{} · {thing}", self.number)
    }
}

/// The board as one answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardView {
    pub cards: Vec<Card>,
    /// More orders are open than a board can show.
    pub cut: bool,
    /// The workshop's words.
    pub terms: Terms,
}

/// What a refused move was about.
pub fn name_of(cards: &[Card], id: &str, terms: Terms) -> String {
    let card = cards.iter().find(|card| card.id == id);
    card.map_or_else(|| terms.say("This work order"), Card::name)
}

/// Where a card may be dragged: the phase's moves but those that ask for more than a place.
pub fn droppable(from: Phase, to: Phase) -> bool {
    from.may_move(to) && to.is_open() && !from.needs_reason(to)
}
