//! The second factor: a code from an app on one's telephone, asked after the password. Ten recovery codes stand in for a lost
//! telephone. Every code counts once; five wrong ones make everybody wait. An owner may ask it of everybody with a role.
#[cfg(feature = "ssr")]
mod codes;
#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod parts;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
pub mod selectors;
#[cfg(feature = "ssr")]
pub mod service;

#[cfg(feature = "ssr")]
pub use parts::WhoNeedsOne;
#[cfg(feature = "ssr")]
pub use routes::routes;
