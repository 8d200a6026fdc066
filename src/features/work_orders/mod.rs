//! Work orders: concerns, jobs, lines, decisions, phases, hand-over. The heart of the product.
//!
//! Every write goes through [`service`]: it locks the order's row, so that two people never overwrite each other, and
//! keeps `total_minor` equal to [`totals::totals`] of the lines. Phases move only along [`model::Phase::next`].
pub mod line;
pub mod model;
pub mod totals;

#[cfg(feature = "ssr")]
pub mod gates;
#[cfg(feature = "ssr")]
pub mod service;
