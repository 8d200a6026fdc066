//! Tablets that a branch shares. People who work there touch their name, give their PIN, and are signed in as themselves: every act has its
//! person. A PIN opens nothing anywhere else, idles out after half an hour, and never does what asks for the password again.
#[cfg(feature = "ssr")]
mod form;
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
