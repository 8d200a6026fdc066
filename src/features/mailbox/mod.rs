//! The folder of letters, shown in development: without a mail server nobody could follow a link otherwise.
#![cfg(feature = "ssr")]

mod manifest;
mod pages;

pub use manifest::FEATURE;
