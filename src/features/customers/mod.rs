//! Customers: people and companies who bring vehicles or devices. A customer belongs to the organization and has a home branch.
//! E-mail and telephone are not unique: families and fleets share them. Nobody is deleted; who leaves is archived.
//! Nobody is archived while a work order of theirs is open in any branch, and none is opened for who is archived: the database sees to both.
//! The history names every line, of all branches where they share customers.
#![cfg(feature = "ssr")]

pub mod drivers;
mod form;
mod manifest;
mod model;
mod pages;
mod parts;
pub mod selectors;
pub mod service;

pub use form::{CustomerFields, CustomerForm, NewCustomer};
pub use manifest::FEATURE;
