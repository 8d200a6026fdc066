//! My jobs: the technician's screen at the bay. What is assigned to them on open work orders, the nearest promise first; large buttons
//! to start and finish, and the place to write down cause, correction and notes.
//!
//! It works with gloves, without script, and shows no prices. Only authorized work can be started; the rest is grey.
#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
mod model;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod parts;
#[cfg(feature = "ssr")]
mod pool;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
pub mod selectors;
#[cfg(feature = "ssr")]
pub mod service;

#[cfg(feature = "ssr")]
pub use routes::routes;
