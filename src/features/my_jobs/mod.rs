//! My jobs: the technician's screen at the bay. What is assigned to them on open work orders, the nearest promise first; large buttons
//! to start and finish, and the place to write down cause, correction and notes.
//!
//! It works with gloves, without script, and shows no prices. Only authorized work can be started; the rest is grey.
#![cfg(feature = "ssr")]

mod form;
mod manifest;
mod model;
mod pages;
mod parts;
mod pool;
pub mod selectors;

pub use manifest::FEATURE;
