//! The workshop's own settings: its name, its money and distances, who sees and does what by a switch.
#![cfg(feature = "ssr")]

mod form;
mod manifest;
mod pages;
pub mod selectors;
pub mod service;

pub use manifest::FEATURE;
