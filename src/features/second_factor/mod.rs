//! The second factor: a code from an app on one's telephone, asked after the password. Ten recovery codes stand in for a lost
//! telephone. Every code counts once; five wrong ones make everybody wait. An owner may ask it of everybody with a role.
mod codes;
mod form;
mod pages;
mod parts;
mod routes;
pub mod selectors;
pub mod service;

pub use parts::WhoNeedsOne;
pub use routes::routes;
