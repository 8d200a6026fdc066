//! Coming in: sign-up of a workshop, sign-in and sign-out, and what a session remembers (branch, theme).
//!
//! A session is a random token in a cookie; the database knows its hash only. The member's role and branches are read
//! again at every request, so a change acts on the next one. Unknown and known addresses are answered alike, in the same time,
//! and a guess takes its place in the database before its hash is verified.
#[cfg(feature = "ssr")]
mod country;
#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
pub mod letters;
#[cfg(feature = "ssr")]
mod names;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod parts;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
mod selectors;
#[cfg(feature = "ssr")]
pub mod service;
#[cfg(feature = "ssr")]
pub use country::{countries, currencies, is_country, time_zones};
#[cfg(feature = "ssr")]
pub use names::browser;
#[cfg(feature = "ssr")]
pub(crate) use pages::enter;
#[cfg(feature = "ssr")]
pub use routes::routes;
