//! Reads: who is known, who may be meant, who can advise, what the sheet says.
mod arrival;
mod sheet;
mod similar;

pub use arrival::{advisors, arrival, by_marks, contact_known};
pub use sheet::{CheckInSheet, Facts, letters_since, sheet};
pub use similar::similar;

fn first(parts: &[&str]) -> String {
    parts
        .iter()
        .find(|part| !part.is_empty())
        .map_or_else(String::new, |part| (*part).to_owned())
}

fn joined(between: &str, parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    parts.join(between)
}
