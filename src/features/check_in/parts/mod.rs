//! Pieces of the page: who came with what on the left, why and until when on the right.
mod arriving;
mod cards;
mod fields;
mod reason;

pub(super) use arriving::Arriving;
pub(super) use reason::{Promise, concerns_view};

/// What the workshop set.
#[derive(Clone, Debug)]
pub(super) struct Setting {
    /// Repairs devices, not vehicles.
    pub device: bool,
    /// `km` or `mi`
    pub unit: String,
    pub require_odometer: bool,
}
