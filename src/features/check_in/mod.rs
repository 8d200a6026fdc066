//! Check-in: a walk-in in one screen. The plate (or serial number) says who came with what; what is unknown is typed in beside it, and one
//! button opens customer, vehicle and work order together or not at all.
//!
//! The look-up is the same form posted to another address: it keeps everything typed, and no name or telephone number gets into an address.
#[cfg(feature = "ssr")]
pub mod model;

#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
mod letter;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod parts;
#[cfg(feature = "ssr")]
mod promise;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
pub mod selectors;
#[cfg(feature = "ssr")]
pub mod service;
#[cfg(feature = "ssr")]
mod sheet;

#[cfg(feature = "ssr")]
pub use routes::routes;
