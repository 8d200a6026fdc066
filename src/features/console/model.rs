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
    pub storage: Option<Storage>,
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
    /// Letters that were refused so far and are tried again.
    pub letters_waiting: i64,
    /// Letters of the last thirty days that were given up.
    pub letters_failed: i64,
    pub storage: Option<Storage>,
}

/// What a workshop's rows take in the database.
#[derive(Clone, Copy, Debug)]
pub struct Storage {
    pub bytes: i64,
    pub measured_at: DateTime<Utc>,
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
pub(super) const fn plan(on_trial: bool) -> &'static str {
    if on_trial { "Trial" } else { "Standard" }
}

/// How a workshop's letters go out.
pub(super) fn letters(waiting: i64, failed: i64) -> String {
    match (waiting, failed) {
        (0, 0) => "All sent".to_owned(),
        (waiting, 0) => format!("{waiting} being retried"),
        (0, failed) => format!("{failed} failed in 30 days"),
        (waiting, failed) => format!("{waiting} being retried, {failed} failed in 30 days"),
    }
}

/// `1.2 MB`, in thousands as disks are sold; "not measured yet" for a new workshop.
pub(super) fn stored(storage: Option<Storage>) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    let Some(Storage { bytes, .. }) = storage else {
        return "Not measured yet".to_owned();
    };
    let (mut tenths, mut unit) = (bytes.max(0) / 100, 0);
    while tenths >= 10_000 && unit + 1 < UNITS.len() {
        (tenths, unit) = (tenths / 1000, unit + 1);
    }
    format!("{}.{} {}", tenths / 10, tenths % 10, UNITS[unit])
}

/// `10,000+` beyond what was counted.
pub(super) fn counted(rows: i64) -> String {
    if rows > 10_000 {
        "more than 10,000".to_owned()
    } else {
        rows.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn storage_reads_as_on_a_disk() {
        let text = |bytes| {
            let measured_at = DateTime::UNIX_EPOCH;
            stored(Some(Storage { bytes, measured_at }))
        };
        assert_eq!(text(0), "0.0 kB");
        assert_eq!(text(1_250), "1.2 kB");
        assert_eq!(text(999_999), "999.9 kB");
        assert_eq!(text(1_000_000), "1.0 MB");
        assert_eq!(text(i64::MAX), "9223372.0 TB");
        assert_eq!(stored(None), "Not measured yet");
    }
}
