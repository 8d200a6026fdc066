//! Pieces of the page.
mod due;
mod money;
mod now;
mod phases;

pub(super) use due::{DueCard, DueRow};
pub(super) use money::MoneyPart;
pub(super) use now::NowTiles;
pub(super) use phases::PhaseCard;
