//! The second factor: a code from an app on one's telephone, asked after the password. Ten recovery codes stand in for a lost
//! telephone. Every code counts once; five wrong ones make everybody wait. An owner may ask it of everybody with a role.
#![cfg(feature = "ssr")]

mod codes;
mod form;
mod manifest;
mod pages;
mod parts;
pub mod selectors;
pub mod service;

pub use manifest::FEATURE;
pub use parts::who_needs_one_view;
