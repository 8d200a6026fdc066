//! Subscription with us: a trial of thirty days, then what is paid for. Unpaid it warns for seven days, is read-only for sixty,
//! then locked: its owner still takes everything along. An owner leaves with two clicks and has thirty days to come back.
#![cfg(feature = "ssr")]

mod letters;
mod manifest;
mod model;
mod pages;
pub mod selectors;
pub mod service;

pub use manifest::FEATURE;
