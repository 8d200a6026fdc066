//! Your data: everything of the workshop as one ZIP of tables, for its owner, however the workshop stands. A download stands in the log
//! of exports before its first byte leaves.
#![cfg(feature = "ssr")]

mod archive;
mod cells;
mod manifest;
mod pages;
mod readme;
pub mod service;

pub use manifest::FEATURE;
