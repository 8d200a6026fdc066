//! The console of our own people: which workshops there are and how they stand, plans by hand, stopping and opening again, and a look
//! into a workshop that granted one. They belong to no workshop, sign in apart, and read no workshop's rows: the database refuses them.
#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
mod model;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod parts;
#[cfg(feature = "ssr")]
pub mod selectors;
#[cfg(feature = "ssr")]
pub mod service;

#[cfg(feature = "ssr")]
pub use pages::routes;
