//! What customers bring: vehicles in a garage, devices in a service centre; the workshop's setting chooses the word.
//!
//! An asset always has an owner, and a live plate is there once. Its odometer is a log: nobody changes a reading, and one
//! lower than the last needs a reason. Nothing is deleted; what leaves is archived and keeps its history.
#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
mod model;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod parts;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
pub mod selectors;
#[cfg(feature = "ssr")]
pub mod service;

#[cfg(feature = "ssr")]
pub use form::{AssetForm, NewAsset};
#[cfg(feature = "ssr")]
pub use model::{Asset, AssetKind, AssetRef, OdometerSource};
#[cfg(feature = "ssr")]
pub use routes::routes;
