//! Notes as the pages show them, and those that call whoever looks.
use crate::domain::order::Audience;
use crate::kernel::*;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Deserialize;
use uuid::Uuid;

/// A note as it was written.
#[derive(Clone, Debug)]
pub struct Note {
    pub id: NoteId,
    pub audience: Audience,
    pub body: String,
    pub attention: bool,
    /// Names of those whom it calls.
    pub mentions: Vec<String>,
    /// Those of them who did not say yet that they read it.
    pub unread_by: Vec<MemberId>,
}

/// What the database says about a note besides its text.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct NoteFacts {
    pub attention: bool,
    pub mentions: Vec<String>,
    pub unread_by: Vec<Uuid>,
}

/// A note that names whoever asks.
#[derive(Clone, Debug)]
pub struct Mention {
    pub order: WorkOrderId,
    pub note: NoteId,
    pub number: String,
    pub zone: Tz,
    /// Plate or serial number; may be empty.
    pub mark: String,
    pub plated: bool,
    pub by: String,
    pub body: String,
    pub at: DateTime<Utc>,
}
