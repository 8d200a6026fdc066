//! Announcements: what the workshop tells its people. Written for everybody, for branches or for roles; it stands on top of their first
//! page until they say that they read it, or until its day is over. Never edited: a mistake is taken back and written anew, and who
//! read what stays known.
#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
pub mod model;
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
pub use model::Unread;
#[cfg(feature = "ssr")]
pub use parts::UnreadCard;
#[cfg(feature = "ssr")]
pub use routes::routes;
