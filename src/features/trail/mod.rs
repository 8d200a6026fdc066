//! Activity log: every change with its before and after, every sign-in and failed try, every export. Rows that nobody in the
//! product alters; `gantry verify-audit` finds out who did so behind its back.
mod form;
mod model;
mod pages;
mod parts;
mod routes;
pub mod selectors;

pub use model::{KINDS, may_read};
pub use routes::routes;
