//! Pieces of the page: who came with what on the left, why and until when on the right.
mod arriving;
mod cards;
mod fields;
mod reason;

pub(super) use arriving::{Arriving, Setting};
pub(super) use reason::{Concerns, Promise};
