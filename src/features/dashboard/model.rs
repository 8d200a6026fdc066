//! What the page shows.
use crate::domain::order::Phase;
use crate::kernel::time::Month;
use crate::kernel::{BranchId, Money, WorkOrderId};
use chrono::{DateTime, Utc};

/// Open work, counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Work {
    /// Phases that hold something, with how many.
    pub phases: Vec<(Phase, i64)>,
    /// Promised for a time that is over, and not ready.
    pub overdue: i64,
    /// Received since the branch's midnight.
    pub arrived: i64,
}

impl Work {
    pub(super) fn open(&self) -> i64 {
        self.phases.iter().map(|(_, count)| count).sum()
    }
    pub(super) fn of(&self, wanted: Phase) -> i64 {
        self.phases
            .iter()
            .find(|(phase, _)| *phase == wanted)
            .map_or(0, |(_, count)| *count)
    }
}

/// An order that somebody waits for.
#[derive(Clone, Debug)]
pub(super) struct Due {
    pub id: WorkOrderId,
    pub number: i64,
    pub branch: BranchId,
    pub branch_code: String,
    pub phase: Phase,
    pub promised_at: Option<DateTime<Utc>>,
    pub waiting: bool,
    pub plate: String,
    pub asset: String,
    /// Whose it is, or what to do: the second line.
    pub about: String,
}

/// Documents or payments, added up.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    pub count: i64,
    pub amount: Money,
}

/// The workshop's money.
#[derive(Clone, Debug)]
pub(super) struct Figures {
    pub month: Month,
    /// Posted in each of the last months, the present one last.
    pub invoiced: Vec<(Month, Sum)>,
    pub collected: Sum,
    pub open: Sum,
    pub overdue: Sum,
}

impl Figures {
    pub(super) fn this_month(&self) -> Sum {
        self.invoiced.last().map(|(_, sum)| *sum).unwrap_or_default()
    }
}
