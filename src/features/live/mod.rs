//! Live: what changed, told to the browsers that may see it. One stream per open page; it carries ids, never rows.
#[cfg(feature = "ssr")]
mod stream;
#[cfg(feature = "ssr")]
pub use stream::routes;
