//! Reads.
mod document;
mod list;
mod readiness;

pub use document::{document, lines};
pub use list::{Filter, Order, list, list_by, sums};
pub use readiness::readiness;
