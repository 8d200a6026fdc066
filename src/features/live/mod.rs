//! Live: what changed, told to the browsers that may see it. One stream per open page; it carries ids, never rows.
mod listen;
mod reload;
#[cfg(feature = "ssr")]
mod stream;

pub use listen::on_change;
#[cfg(feature = "ssr")]
pub use {reload::LiveReload, stream::routes};
