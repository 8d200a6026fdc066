//! Payments: money in, and its reversals. Neither is ever edited or removed.
//!
//! A payment pays an invoice through an allocation. What a voided invoice frees stays as the customer's credit and can pay another
//! invoice; more than what is open is not taken. A reversal is a negative payment over the whole amount, once, with a reason.
#![cfg(feature = "ssr")]

mod form;
mod manifest;
mod model;
mod pages;
mod parts;
pub mod selectors;
pub mod service;

pub use form::{PaymentForm, ReverseForm};
pub use manifest::FEATURE;
pub use model::InvoicePayment;
