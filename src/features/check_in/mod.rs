//! Check-in: a walk-in in one screen. The plate (or serial number) says who came with what; what is unknown is typed in beside it, and one
//! button opens customer, vehicle and work order together or not at all.
//!
//! The look-up is the same form posted to another address: it keeps everything typed, and no name or telephone number gets into an address.
#![cfg(feature = "ssr")]

mod manifest;
pub mod model;

mod form;
mod letter;
mod pages;
mod parts;
mod promise;
pub mod selectors;
pub mod service;
mod sheet;

pub use manifest::FEATURE;
