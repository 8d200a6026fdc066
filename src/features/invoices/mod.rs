//! Invoices and credit notes.
//!
//! A draft copies the approved work of an order that the customer pays for; it has no number and can be thrown away. Posting
//! checks that each job is done (finished, or begun on an order that is ready; never one that nobody started) and still as drafted, and
//! the database checks it again. It keeps seller, buyer and vehicle as they are on the day, and takes the
//! next number of (branch, kind, fiscal year). From then on nobody can change it: the database refuses. Voiding is a credit note
//! with a number of its own series, and a right apart from posting. Amounts of a credit note are positive, its kind says that they are given back; figures subtract it.
mod billable;
mod form;
mod model;
mod number;
mod pages;
mod parts;
mod routes;
pub mod selectors;
pub mod service;

pub use billable::{DueJob, Unbillable, billable};
pub use form::{DraftWords, Voiding};
pub use model::{Document, InvoiceRow, InvoiceState, Kind};
pub use number::number_text;
pub(crate) use pages::{Answered, show_again};
pub(crate) use parts::MonthNav;
pub use routes::routes;
