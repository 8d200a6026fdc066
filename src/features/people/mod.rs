//! People: who works here with which role in which branches (the role may differ by branch), how they come in (an invitation by mail, or the workshop's code and an
//! approval), and how they leave: deactivated, never deleted.
#![cfg(feature = "ssr")]

mod code;
mod form;
mod manifest;
pub mod model;
mod pages;
mod parts;
pub mod selectors;
pub mod service;

pub use manifest::FEATURE;
