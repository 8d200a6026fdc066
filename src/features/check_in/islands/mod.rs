//! What reacts at check-in. The look-up renders on the server only: in the browser its part would pass the bundle's budget.
#[cfg(feature = "ssr")]
mod arriving;
#[cfg(feature = "ssr")]
mod cards;
#[cfg(feature = "ssr")]
mod desk;
#[cfg(feature = "ssr")]
mod fields;
mod print;

#[cfg(feature = "ssr")]
pub(super) use {
    arriving::{Arriving, Setting},
    print::PrintButton,
};
