//! Labels: the workshop's own coloured words for where a work order stands within a phase, such as “Parts ordered”. An open order carries
//! one of its phase's, or none. One of a phase is its default: it goes on by itself when an order enters the phase, and the former phase's
//! goes. Each has a name: the colour says nothing alone. Orders, board and list know nothing of labels; they come with the manifest.
#![cfg(feature = "ssr")]
mod form;
mod manifest;
pub mod model;
mod on_order;
mod pages;
mod parts;
mod seed;
pub mod selectors;
pub mod service;

pub use manifest::FEATURE;
