//! The console of our own people: which workshops there are and how they stand, plans by hand, stopping and opening again, and a look
//! into a workshop that granted one. They belong to no workshop, sign in apart, and read no workshop's rows: the database refuses them.
#![cfg(feature = "ssr")]

mod form;
mod manifest;
mod model;
mod pages;
mod parts;
pub mod selectors;
pub mod service;

pub use manifest::FEATURE;
