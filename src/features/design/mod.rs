//! The design system, shown in development: every component in every state.
mod manifest;
mod pages;

pub use manifest::FEATURE;
