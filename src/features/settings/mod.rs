//! Settings: one page that leads to everything an owner decides, showing each member only what they may change. The cards are the features'.
#![cfg(feature = "ssr")]

mod manifest;
mod pages;

pub use manifest::FEATURE;
