//! What the bay needs to know: no prices, no addresses.
use crate::domain::order::{Audience, JobDecision, LineKind, Payer, Phase, WorkState, authorized};
use crate::features::work_orders::view::Flags;
use crate::kernel::*;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Deserialize;
use uuid::Uuid;

/// A work order with my jobs on it that are not finished.
#[derive(Clone, Debug)]
pub struct Work {
    pub order: WorkOrderId,
    pub number: String,
    pub zone: Tz,
    pub phase: Phase,
    pub promised_at: Option<DateTime<Utc>>,
    /// The customer waits in the shop.
    pub waiting: bool,
    pub flags: Flags,
    /// A note calls for attention.
    pub attention: bool,
    /// Plate or serial number.
    pub mark: String,
    pub plated: bool,
    /// Make, model, year, color.
    pub asset: String,
    /// Given to me and not looked at yet.
    pub new: bool,
    /// What others changed since I looked, the newest first.
    pub changes: Vec<Change>,
    pub concerns: Vec<Concern>,
    /// The newest first.
    pub notes: Vec<Note>,
    pub jobs: Vec<Job>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Concern {
    id: Uuid,
    pub concern: String,
    pub cause: String,
    pub correction: String,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Change {
    pub by: String,
    /// A sentence of the trail: "Added 2 lines on “Brakes”".
    pub what: String,
    pub at: DateTime<Utc>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Note {
    pub audience: Audience,
    pub attention: bool,
    pub body: String,
    pub by: String,
    pub at: DateTime<Utc>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Job {
    id: Uuid,
    pub title: String,
    pub payer: Payer,
    pub decision: JobDecision,
    pub work_state: WorkState,
    pub started_at: Option<DateTime<Utc>>,
    pub lines: Vec<Line>,
    /// Who else works on it.
    pub mates: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Line {
    pub kind: LineKind,
    pub description: String,
    pub part_number: String,
    pub quantity_milli: i64,
}

/// A job of mine that I finished today.
#[derive(Clone, Debug)]
pub struct Finished {
    pub order: WorkOrderId,
    pub job: JobId,
    pub number: String,
    pub mark: String,
    pub title: String,
    pub zone: Tz,
    pub finished_at: DateTime<Utc>,
    /// Whether it can be taken up again.
    pub resumable: bool,
}

/// A job that nobody has: enough to choose by.
#[derive(Clone, Debug)]
pub struct Free {
    pub order: WorkOrderId,
    pub job: JobId,
    pub number: String,
    pub zone: Tz,
    pub promised_at: Option<DateTime<Utc>>,
    pub waiting: bool,
    pub flags: Flags,
    pub mark: String,
    pub plated: bool,
    pub asset: String,
    pub title: String,
}

impl Concern {
    pub fn id(&self) -> ConcernId {
        ConcernId::new(self.id)
    }
    pub fn answered(&self) -> bool {
        !self.cause.is_empty() || !self.correction.is_empty()
    }
}

impl Job {
    pub fn id(&self) -> JobId {
        JobId::new(self.id)
    }
    /// Whether it may be worked on.
    pub fn authorized(&self) -> bool {
        authorized(self.payer, self.decision)
    }
    pub fn running(&self) -> bool {
        self.work_state == WorkState::Started
    }
}

impl Work {
    /// What somebody looks at first: it runs, somebody waits for it, or it is promised for this day.
    pub fn for_today(&self, now: DateTime<Utc>) -> bool {
        let today = now.with_timezone(&self.zone).date_naive();
        let due = |at: DateTime<Utc>| at.with_timezone(&self.zone).date_naive() <= today;
        self.waiting
            || self.flags.urgent
            || self.promised_at.is_some_and(due)
            || self.jobs.iter().any(Job::running)
    }
}
