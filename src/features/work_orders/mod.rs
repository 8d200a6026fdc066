//! Work orders: concerns, jobs, lines, decisions, phases, hand-over. The heart of the product.
//!
//! Every write goes through [`service`]: it locks the order's row, so that two people never overwrite each other, and
//! keeps `total_minor` equal to [`crate::domain::totals::totals`] of the lines. Phases move only along [`crate::domain::order::Phase::next`].
//!
//! A ready order is handed over when every job that the customer approved and pays for is on a posted invoice that was not
//! credited (`unbilled`); concerns that nobody answered are named there. Whoever is named on an order works in its branch, in a role that
//! may do what they are named for. The trail keeps both states of what was changed.
pub mod islands;
#[cfg(feature = "ssr")]
mod manifest;

#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
pub(crate) mod format;
#[cfg(feature = "ssr")]
mod mention;
#[cfg(feature = "ssr")]
mod noted;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod parts;
#[cfg(feature = "ssr")]
pub mod selectors;
#[cfg(feature = "ssr")]
pub mod service;
#[cfg(feature = "ssr")]
mod unbilled;
#[cfg(feature = "ssr")]
pub mod view;

#[cfg(feature = "ssr")]
pub use {
    form::FindingForm,
    manifest::FEATURE,
    pages::answer_for,
    parts::{flag_badges_view, mentions_view},
};
