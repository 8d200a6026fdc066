//! Invoices and credit notes.
//!
//! A draft copies the approved work of an order that the customer pays for; it has no number and can be thrown away. Posting
//! checks that the work is finished and still as drafted, keeps seller, buyer and vehicle as they are on the day, and takes the
//! next number of (branch, kind, fiscal year). From then on nobody can change it: the database refuses. Voiding is a credit note
//! with a number of its own series. Amounts of a credit note are positive, its kind says that they are given back; figures subtract it.
#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
mod model;
#[cfg(feature = "ssr")]
mod number;
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
pub use form::{DraftWords, Voiding};
#[cfg(feature = "ssr")]
pub use model::{Document, InvoiceRow, InvoiceState, Kind, OrderInvoice, OrderMoney, Unbillable, billable};
#[cfg(feature = "ssr")]
pub use number::number_text;
#[cfg(feature = "ssr")]
pub(crate) use pages::{Answered, show_again};
#[cfg(feature = "ssr")]
pub(crate) use parts::MonthNav;
#[cfg(feature = "ssr")]
pub use routes::routes;
