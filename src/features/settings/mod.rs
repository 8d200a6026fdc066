//! Settings: one page that leads to everything an owner decides, showing each member only what they may change.
mod pages;

pub use pages::{may_settle_something, routes};
