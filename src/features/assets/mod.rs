//! What customers bring: vehicles in a garage, devices in a service centre; the workshop's setting chooses the word.
//!
//! An asset always has an owner, and a live plate is there once. Its odometer is a log: nobody changes a reading, and one
//! lower than the last needs a reason. Nothing is deleted; what leaves is archived and keeps its history.
//! Nothing is archived while a work order on it is open in any branch. The history names every line, on screen and on paper.
#![cfg(feature = "ssr")]

mod form;
mod manifest;
mod model;
mod pages;
mod parts;
pub mod selectors;
pub mod service;

pub use form::{AssetFields, AssetForm, NewAsset};
pub use manifest::FEATURE;
