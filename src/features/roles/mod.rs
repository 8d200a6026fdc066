//! Roles: who may do what. Five presets that no shop has to touch, single rights that an owner gives or takes, and roles of the
//! workshop's own on top of a preset. A change acts on the next request of everybody who has the role.
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
pub use model::{RoleKey, RoleOf};
#[cfg(feature = "ssr")]
pub use routes::routes;
