//! One's own account: the password, the second factor, the PIN, and where one is signed in.
#![cfg(feature = "ssr")]

mod form;
mod manifest;
mod notice;
mod pages;
mod parts;
mod selectors;

pub use manifest::FEATURE;
