//! Invoices and credit notes.
//!
//! A draft copies the approved work of an order that the customer pays for; it has no number and can be thrown away. Posting
//! checks that each job is done (finished, or begun on an order that is ready; never one that nobody started) and still as drafted, and
//! the database checks it again. It keeps seller, buyer and vehicle as they are on the day, and takes the
//! next number of (branch, kind, fiscal year). From then on nobody can change it: the database refuses. Voiding is a credit note
//! with a number of its own series, and a right apart from posting. Amounts of a credit note are positive, its kind says that they are given back; figures subtract it.
#![cfg(feature = "ssr")]

mod form;
mod manifest;
mod model;
mod pages;
mod parts;
pub mod selectors;
pub mod service;

pub use form::{DraftWords, Voiding};
pub use manifest::FEATURE;
