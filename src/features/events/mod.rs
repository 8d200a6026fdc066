//! Live updates: what changed, sent to the browsers that may see it. One stream per open page; it carries ids, never rows.
mod listen;
#[cfg(feature = "ssr")]
mod manifest;
mod reload;
#[cfg(feature = "ssr")]
mod stream;

pub use listen::on_change;
#[cfg(feature = "ssr")]
pub use {manifest::FEATURE, reload::LiveReload};
