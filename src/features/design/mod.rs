//! The design system, shown in development: every component in every state.
#![cfg(feature = "ssr")]

mod manifest;
mod pages;

pub use manifest::FEATURE;
