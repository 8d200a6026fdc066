//! Reads.
mod document;
mod list;
mod readiness;

pub use document::{document, lines};
pub use list::{Filter, list, sums};
pub use readiness::readiness;
