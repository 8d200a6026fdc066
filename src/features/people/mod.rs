//! People: who works here with which role in which branches, how they come in (an invitation by mail, or the workshop's code and an
//! approval), and how they leave: deactivated, never deleted.
#[cfg(feature = "ssr")]
mod code;
#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
pub mod model;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod parts;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
pub mod selectors;
#[cfg(feature = "ssr")]
pub mod service;

#[cfg(feature = "ssr")]
pub use routes::routes;
