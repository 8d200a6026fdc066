//! Reads: who is known, who may be meant, who can advise, what the sheet says.
mod arrival;
mod sheet;
mod similar;

pub use arrival::{advisors, arrival, by_marks, contact_known, kind};
pub use sheet::{CheckInSheet, Facts, letters_since, sheet};
pub use similar::similar;
