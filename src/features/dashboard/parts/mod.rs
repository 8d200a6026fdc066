//! Pieces of the page.
mod due;
mod money;
mod now;
mod phases;

pub(super) use due::{DueRow, due_card_view};
pub(super) use money::money_part_view;
pub(super) use now::now_tiles_view;
pub(super) use phases::phase_card_view;
