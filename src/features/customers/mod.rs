//! Customers: people and companies who bring vehicles or devices. A customer belongs to the organization and has a home branch.
//! E-mail and telephone are not unique: families and fleets share them. Nobody is deleted; who leaves is archived.
#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
mod model;
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
pub use form::{CustomerForm, NewCustomer};
#[cfg(feature = "ssr")]
pub use model::{Customer, CustomerKind, CustomerRow};
#[cfg(feature = "ssr")]
pub use routes::routes;
