//! What of an order can be billed: the rule by which pages offer an invoice, services draft one and posting asks whether the work is done.
use crate::features::work_orders::model::{Phase, WorkState};
use crate::kernel::Money;

/// Whether work has begun on an order in this phase, whatever its jobs say.
const fn work_has_begun(phase: Phase) -> bool {
    matches!(
        phase,
        Phase::InProgress | Phase::QualityCheck | Phase::Ready | Phase::Delivered
    )
}

/// What keeps the work of an order from being billed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unbillable {
    Cancelled,
    /// No job that the customer approved and pays for is without an invoice.
    NothingDue,
    /// Nobody started these, and the work on the order has not begun or is over.
    NotBegun(Vec<String>),
    /// No line has a price; that discounts make the sum zero is no reason.
    NoPrices,
    /// Discounts larger than the work.
    Negative,
}

/// A job that the customer approved and pays for, and that is on no other invoice.
#[derive(Clone, Debug)]
pub struct DueJob {
    pub title: String,
    pub work_state: WorkState,
    /// Billed before, by an invoice that was voided: it may be billed again as it is.
    pub billed_before: bool,
}

impl DueJob {
    fn not_begun(&self) -> bool {
        self.work_state == WorkState::NotStarted && !self.billed_before
    }
    /// Whether its work is done, so that it can stand on a posted invoice: finished, or begun on an order that is ready. The
    /// database refuses to post anything else.
    pub fn is_done(&self, phase: Phase) -> bool {
        let done = self.work_state == WorkState::Finished
            || (self.work_state == WorkState::Started && work_is_done(phase));
        done || self.billed_before
    }
}

/// The rule by which pages offer an invoice and services draft one; `priced` lines and `gross` are those of the work that is due.
/// While the work runs, a draft may hold what was not started yet; it cannot be posted before that is done ([`DueJob::is_done`]).
///
/// # Errors
/// What keeps it from being billed, the first that applies.
pub fn billable(phase: Phase, due: &[DueJob], priced: usize, gross: Money) -> Result<(), Unbillable> {
    let idle = || due.iter().filter(|job| job.not_begun());
    let begun = work_has_begun(phase) || idle().count() < due.len();
    let waits = !begun || (work_is_done(phase) && idle().next().is_some());
    if phase == Phase::Cancelled {
        Err(Unbillable::Cancelled)
    } else if due.is_empty() {
        Err(Unbillable::NothingDue)
    } else if priced == 0 {
        Err(Unbillable::NoPrices)
    } else if waits {
        Err(Unbillable::NotBegun(
            idle().map(|job| job.title.clone()).collect(),
        ))
    } else if gross < Money::ZERO {
        Err(Unbillable::Negative)
    } else {
        Ok(())
    }
}

/// Whether the whole order's work is done.
pub const fn work_is_done(phase: Phase) -> bool {
    matches!(phase, Phase::Ready | Phase::Delivered)
}
