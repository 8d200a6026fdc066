//! The board: every open work order in the column of its phase, live on all screens.
//!
//! Cards move by dragging (mouse or touch), by a menu, by the arrow keys, and without script by the menu's forms. The move itself, its
//! gates and its history are the work order's; a refused move shows everything that is missing.
pub mod api;
#[cfg(feature = "ssr")]
mod form;
mod islands;
#[cfg(feature = "ssr")]
mod manifest;
pub mod model;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
pub mod selectors;

#[cfg(feature = "ssr")]
pub use manifest::FEATURE;
