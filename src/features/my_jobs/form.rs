//! What the bay's two forms send, and a refused one to be shown again.
use crate::kernel::{ConcernId, FieldErrors, WorkOrderId};
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NoteForm {
    pub body: String,
    /// Ticked: the customer may read it.
    pub for_customer: String,
    /// Ticked: somebody has to take care.
    pub attention: String,
    /// Answers a double click once.
    pub key: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct FindingForm {
    pub cause: String,
    pub correction: String,
    /// What was shown: a colleague's words are not written over.
    pub was_cause: String,
    pub was_correction: String,
}

/// A form that was refused: it stays open with what was typed.
#[derive(Clone, Debug)]
pub enum RejectedForm {
    Note(WorkOrderId, NoteForm, FieldErrors),
    Finding(ConcernId, FindingForm, FieldErrors),
}
