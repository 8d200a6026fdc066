//! Branches: what each prints on its papers, when it is open, its numbers, and opening another one with its price said first.
#![cfg(feature = "ssr")]

mod form;
mod manifest;
pub mod model;
mod pages;
mod parts;
pub mod selectors;
pub mod service;

pub use manifest::FEATURE;
