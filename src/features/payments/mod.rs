//! Payments: money in, and its reversals. Neither is ever edited or removed.
//!
//! A payment pays an invoice through an allocation. What a voided invoice frees stays as the customer's credit and can pay another
//! invoice; more than what is open is not taken. A reversal is a negative payment over the whole amount, once, with a reason.
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
pub use form::{PaymentForm, ReverseForm};
#[cfg(feature = "ssr")]
pub use model::{InvoicePayment, Method, PaymentRow};
#[cfg(feature = "ssr")]
pub use routes::routes;
