//! The start page: what Gantry is, for whom, and what it costs. No script, no database for strangers.
#![cfg(feature = "ssr")]

mod manifest;
mod pages;
mod parts;
pub use manifest::FEATURE;
