//! Support access: an owner lets our support look for an hour, a day or a week, and ends it at any time. Whoever of us looks reads and
//! writes nothing, under a banner on every page; each page stands in the workshop's trail before it is shown.
#![cfg(feature = "ssr")]

mod manifest;
mod model;
mod pages;
pub mod selectors;
pub mod service;

pub use manifest::FEATURE;
pub use model::Grant;
