//! Tablets that a branch shares. Whoever works there touches his name, gives his PIN, and is signed in as himself: every act has its
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
