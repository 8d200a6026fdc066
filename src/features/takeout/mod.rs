//! Your data: everything of the workshop as one ZIP of tables, for its owner, however the workshop stands. A download stands in the log
//! of exports before its first byte leaves.
#[cfg(feature = "ssr")]
mod archive;
#[cfg(feature = "ssr")]
mod cells;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod readme;
#[cfg(feature = "ssr")]
pub mod service;

#[cfg(feature = "ssr")]
mod turns;

#[cfg(feature = "ssr")]
pub use pages::routes;
#[cfg(feature = "ssr")]
pub use turns::{Turn, Turns};
