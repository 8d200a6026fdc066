//! Roles: who may do what. Five presets that no shop has to touch, single rights that an owner gives or takes, and roles of the
//! workshop's own on top of a preset. A change acts on the next request of everybody who has the role.
#![cfg(feature = "ssr")]

mod form;
mod manifest;
mod model;
mod pages;
mod parts;
pub mod selectors;
pub mod service;

pub use manifest::FEATURE;
pub use model::{RoleKey, RoleOf};
