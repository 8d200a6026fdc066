//! What a stay costs and how it is paid.
use super::works::Item;
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// How a stay is charged.
#[derive(Debug, Clone, Default)]
pub(super) enum Bill {
    #[default]
    None,
    Draft,
    /// Posted when; paid when, how and to which share in percent; credited when.
    Posted {
        at: DateTime<Utc>,
        paid: Vec<(DateTime<Utc>, &'static str, i64)>,
        void: Option<DateTime<Utc>>,
    },
}

/// A line with its amounts.
#[derive(Debug, Clone)]
pub(super) struct ChargeLine {
    pub job_id: Uuid,
    pub job: &'static str,
    pub item: Item,
    pub net: i64,
    pub tax: i64,
}

/// What may be charged of a stay.
#[derive(Debug, Clone, Default)]
pub(super) struct Charge {
    pub lines: Vec<ChargeLine>,
}
