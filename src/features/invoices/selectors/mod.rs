//! Reads.
mod document;
mod figures;
mod list;
mod readiness;

pub use document::document;
pub use figures::{invoiced_in, money_of_order, of_customer, of_order, open_balance_of_customer};
pub use list::{Filter, list, sums};
pub use readiness::readiness;
