//! Activity log: every change with its before and after, every sign-in and failed try, every export. Rows that nobody in the
//! product alters; `gantry verify-audit` finds out who did so behind its back.
#![cfg(feature = "ssr")]

mod form;
mod manifest;
mod model;
mod pages;
mod parts;
pub mod selectors;

pub use manifest::FEATURE;
pub use model::may_read;
