//! Coming in: sign-up of a workshop, sign-in and sign-out, and what a session remembers (branch, theme).
//!
//! A session is a random token in a cookie; the database knows its hash only. The member's role and branches are read
//! again at every request, so a change acts on the next one. Unknown and known addresses are answered alike, in the same time,
//! and a guess takes its place in the database before its hash is verified.
#![cfg(feature = "ssr")]

mod country;
mod form;
pub mod letters;
mod manifest;
mod names;
mod pages;
pub mod service;
pub use country::{countries, currencies, is_country, time_zones};
pub use form::{PasswordFields, PasswordForm, address, not_own_words};
pub use manifest::FEATURE;
pub use names::browser;
pub(crate) use pages::enter;
