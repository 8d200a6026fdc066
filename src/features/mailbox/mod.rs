//! The folder of letters, shown in development: without a mail server nobody could follow a link otherwise.
#[cfg(feature = "ssr")]
mod pages;

#[cfg(feature = "ssr")]
pub use pages::routes;
