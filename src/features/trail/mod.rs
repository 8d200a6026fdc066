//! Activity log: every change with its before and after, every sign-in and failed try, every export. Rows that nobody in the
//! product alters; `gantry verify-audit` finds out who did so behind its back.
#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
mod model;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod parts;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
pub mod selectors;

#[cfg(feature = "ssr")]
pub use model::{KINDS, may_read};
#[cfg(feature = "ssr")]
pub use routes::routes;
