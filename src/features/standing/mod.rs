//! Subscription with us: a trial of thirty days, then what is paid for. Unpaid it warns for seven days, is read-only for sixty,
//! then locked: its owner still takes everything along. An owner leaves with two clicks and has thirty days to come back.
#[cfg(feature = "ssr")]
mod letters;
#[cfg(feature = "ssr")]
mod model;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
pub mod selectors;
#[cfg(feature = "ssr")]
pub mod service;

#[cfg(feature = "ssr")]
pub use model::{banner, navigation};
#[cfg(feature = "ssr")]
pub use pages::routes;
