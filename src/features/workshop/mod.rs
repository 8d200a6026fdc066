//! The workshop's own settings: its name, its money and distances, who sees and does what by a switch.
#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
pub mod selectors;
#[cfg(feature = "ssr")]
pub mod service;

#[cfg(feature = "ssr")]
pub use pages::routes;
