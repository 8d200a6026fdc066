//! The first page after signing in: what came in, what is late, what can be collected, and how the month goes.
//! Every figure leads to the rows that it counts, and says by which date it counts them.
#![cfg(feature = "ssr")]

mod manifest;
mod model;
mod pages;
mod parts;
mod selectors;

pub use manifest::FEATURE;
