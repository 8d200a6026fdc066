//! What the console shows of a workshop.
use crate::kernel::{OrgId, OrgState};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// A line of the list.
#[derive(Clone, Debug)]
pub struct Listed {
    pub id: OrgId,
    pub name: String,
    pub slug: String,
    pub state: OrgState,
    pub on_trial: bool,
    pub expires_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub last_seen_at: Option<DateTime<Utc>>,
    pub members: i64,
    pub orders: i64,
}

/// One workshop.
#[derive(Clone, Debug)]
pub struct Organization {
    pub id: OrgId,
    pub name: String,
    pub slug: String,
    pub state: OrgState,
    pub state_until: Option<DateTime<Utc>>,
    pub on_trial: bool,
    pub expires_at: Option<DateTime<Utc>>,
    pub cancelled_at: Option<DateTime<Utc>>,
    pub suspended_at: Option<DateTime<Utc>>,
    pub suspended_reason: String,
    pub created_at: DateTime<Utc>,
    pub last_seen_at: Option<DateTime<Utc>>,
    pub members: i64,
    pub orders: i64,
    /// Counted up to a limit.
    pub customers: i64,
    pub assets: i64,
    pub invoices: i64,
}

/// Something that one of us did.
#[derive(Clone, Debug)]
pub struct Act {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub who: String,
    pub org: Option<OrgId>,
    pub org_name: Option<String>,
    pub summary: String,
}

/// As a person reads it.
pub const fn plan(on_trial: bool) -> &'static str {
    if on_trial { "Trial" } else { "Standard" }
}

/// `10,000+` beyond what was counted.
pub fn counted(rows: i64) -> String {
    if rows > 10_000 {
        "more than 10,000".to_owned()
    } else {
        rows.to_string()
    }
}
