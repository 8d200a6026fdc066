//! Tablets that a branch shares. People who work there touch their name, give their PIN, and are signed in as themselves: every act has its
//! person. A PIN opens nothing anywhere else, idles out after half an hour, and never does what asks for the password again.
#![cfg(feature = "ssr")]

mod form;
mod manifest;
mod pages;
mod parts;
pub mod selectors;
pub mod service;

pub use form::{PinFields, PinForm};
pub use manifest::FEATURE;
