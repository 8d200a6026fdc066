//! What people type at a document.
use crate::kernel::{Checker, FieldErrors, Problem, text, time};
use chrono::NaiveDate;
use serde::Deserialize;

/// A draft's own words.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct DraftForm {
    /// Empty: the workshop's terms, counted from the day of posting.
    pub due_on: String,
    pub subject: String,
}

impl DraftForm {
    /// # Errors
    /// Every field's problem at once.
    pub fn validate(&self, today: NaiveDate) -> Result<(Option<NaiveDate>, String), FieldErrors> {
        let mut check = Checker::new();
        let due_on = if self.due_on.trim().is_empty() {
            Some(None)
        } else {
            check.check("due_on", time::day(&self.due_on)).map(Some)
        };
        if due_on.flatten().is_some_and(|day| day < today) {
            check.refuse("due_on", Problem::OutOfRange("today or later".into()));
        }
        let subject = check.check("subject", text::optional(&self.subject, 120));
        check.finish(due_on.zip(subject))
    }
}

/// Why an invoice is voided.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct VoidForm {
    pub reason: String,
    /// `on`: make a new draft of the work at once.
    pub again: String,
}

impl VoidForm {
    /// # Errors
    /// When no reason is given.
    pub fn validate(&self) -> Result<String, FieldErrors> {
        let mut check = Checker::new();
        let reason = check.check("reason", text::required(&self.reason, 200));
        check.finish(reason)
    }
}

/// A button that acts once.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct KeyForm {
    pub key: String,
}
