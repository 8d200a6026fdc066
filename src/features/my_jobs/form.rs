//! What the bay's two forms send, and a refused one to be shown again.
use crate::domain::order::Audience;
use crate::features::work_orders::FindingForm;
use crate::features::work_orders::service::NewNote;
use crate::form;
use crate::kernel::{ConcernId, Conflict, Filled, WorkOrderId};

form! {
    /// A note as typed at the bay.
    pub(super) struct NoteForm shows NoteFields;
    /// A note of the bay.
    #[derive(Clone, Debug)]
    pub(super) struct BayNote {
        body: String = long("Note", 4_000).required().asks("Enter a text."),
        /// The customer may read it.
        for_customer: bool = tick("Visible to customer"),
        /// Somebody has to take care.
        attention: bool = tick("Needs attention"),
    }
    with {
        /// Answers a double click once.
        key,
    }
}

impl BayNote {
    /// The order's note.
    pub(super) fn note(self) -> NewNote {
        NewNote {
            audience: if self.for_customer {
                Audience::Customer
            } else {
                Audience::Internal
            },
            body: self.body,
            attention: self.attention,
            mention: Vec::new(),
        }
    }
}

/// A form that was refused: it stays open with what was typed.
#[derive(Clone, Debug)]
pub(super) enum RejectedForm {
    Note(WorkOrderId, Filled<NoteForm>),
    Finding(ConcernId, Filled<FindingForm>),
}

impl RejectedForm {
    pub(super) fn status(&self) -> u16 {
        match self {
            Self::Note(_, filled) => filled.status(),
            Self::Finding(_, filled) => filled.status(),
        }
    }
    /// What is said above the page: why the state of things was in the way.
    pub(super) fn conflict(&self) -> Option<Conflict> {
        match self {
            Self::Note(_, filled) => filled.conflict.clone(),
            Self::Finding(_, filled) => filled.conflict.clone(),
        }
    }
}
