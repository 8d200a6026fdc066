//! One box finds customers, vehicles and work orders by name, telephone, plate, VIN, serial and order number, and forgives a typo.
//!
//! The database's index says which rows are near (`search.find`: own organization, own branches, an assigned technician's own orders);
//! what is shown of them is read under the member's own rights, and only the kinds that they may see are looked for.
pub mod api;
mod islands;
#[cfg(feature = "ssr")]
mod manifest;
pub mod model;
#[cfg(feature = "ssr")]
mod pages;
mod parts;
#[cfg(feature = "ssr")]
pub mod selectors;

pub use islands::SearchBox;
#[cfg(feature = "ssr")]
pub use manifest::FEATURE;
