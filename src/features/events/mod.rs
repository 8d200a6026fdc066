//! Live updates: what changed, sent to the browsers that may see it. One stream for each open tab, which the frame's script holds; it carries ids, never rows.
#![cfg(feature = "ssr")]
mod manifest;
mod stream;

pub use manifest::FEATURE;
