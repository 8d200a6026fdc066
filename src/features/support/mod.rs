//! Support access: an owner lets our support look for an hour, a day or a week, and ends it at any time. Whoever of us looks reads and
//! writes nothing, under a banner on every page; each page stands in the workshop's trail before it is shown.
#[cfg(feature = "ssr")]
mod model;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
pub mod selectors;
#[cfg(feature = "ssr")]
pub mod service;

#[cfg(feature = "ssr")]
pub use model::{Grant, banner};
#[cfg(feature = "ssr")]
pub use pages::routes;
