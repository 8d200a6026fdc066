//! Customers: people and companies who bring vehicles or devices. A customer belongs to the organization and has a home branch.
//! E-mail and telephone are not unique: families and fleets share them. Nobody is deleted; who leaves is archived.
mod form;
mod model;
mod pages;
mod parts;
mod routes;
pub mod selectors;
pub mod service;

pub use form::{CustomerForm, NewCustomer};
pub use model::{Customer, CustomerKind, CustomerRow};
pub use routes::routes;
