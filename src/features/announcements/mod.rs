//! Announcements: what the workshop tells its people. Written for everybody, for branches or for roles; it stands on top of their first
//! page until they say that they read it, or until its day is over. Never edited: a mistake is taken back and written anew, and who
//! read what stays known.
#![cfg(feature = "ssr")]

mod form;
mod manifest;
pub mod model;
mod pages;
mod parts;
pub mod selectors;
pub mod service;

pub use manifest::FEATURE;
pub use model::Unread;
pub use parts::unread_card_view;
