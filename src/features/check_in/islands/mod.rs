//! What reacts at check-in.
mod arriving;
mod cards;
mod desk;
mod fields;
mod print;

#[cfg(feature = "ssr")]
pub(super) use {
    arriving::{Arriving, Setting},
    print::PrintButton,
};
