//! Invoices and credit notes: their kinds, their numbers, and when work can be billed.
use super::order::{Phase, WorkState};
use crate::kernel::{Money, text_enum};

text_enum! {
    /// The kind decides the sign in figures and the series of the number.
    pub enum Kind in { "invoices.kind", "number_series.series" with ["work_order"] } {
        Invoice = "invoice", "Invoice";
        CreditNote = "credit_note", "Credit note";
    }
}

impl Kind {
    /// The amount as it counts in sums.
    pub fn signed(self, amount: Money) -> Money {
        match self {
            Self::Invoice => amount,
            Self::CreditNote => -amount,
        }
    }
}

text_enum! {
    /// Where a document stands: computed from what was posted, credited and paid, and the day. Never stored.
    pub enum InvoiceState {
        Draft = "draft", "Draft";
        Open = "open", "Open";
        PartPaid = "part_paid", "Partly paid";
        Overdue = "overdue", "Overdue";
        Paid = "paid", "Paid";
        Void = "void", "Void";
        CreditNote = "credit_note", "Credit note";
    }
}

impl InvoiceState {
    /// Whether it bills anything: an invoice that is posted and not credited.
    pub const fn bills(self) -> bool {
        matches!(self, Self::Open | Self::PartPaid | Self::Overdue | Self::Paid)
    }
}

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

/// The longest number that every tax office takes (India's GST rules: 16 characters).
const MOST: usize = 16;

/// `B1-2026-00042`, a credit note `B1-C2026-00007`. Long branch codes get a shorter year, then no first hyphen; the number itself
/// is never cut. The year is the fiscal year's first.
pub fn number_text(branch_code: &str, kind: Kind, fiscal_year: i32, number: i64) -> String {
    let mark = match kind {
        Kind::Invoice => "",
        Kind::CreditNote => "C",
    };
    let short = fiscal_year.rem_euclid(100);
    [
        format!("{branch_code}-{mark}{fiscal_year}-{number:05}"),
        format!("{branch_code}-{mark}{short:02}-{number:05}"),
    ]
    .into_iter()
    .find(|text| text.len() <= MOST)
    .unwrap_or_else(|| format!("{branch_code}{mark}{short:02}-{number}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_names_branch_year_and_kind() {
        assert_eq!(number_text("B1", Kind::Invoice, 2026, 42), "B1-2026-00042");
        assert_eq!(number_text("B1", Kind::CreditNote, 2026, 7), "B1-C2026-00007");
        assert_eq!(number_text("BERLIN", Kind::Invoice, 2026, 42), "BERLIN-26-00042");
        assert_eq!(
            number_text("BERLIN", Kind::CreditNote, 2026, 42),
            "BERLIN-C26-00042"
        );
    }

    proptest! {
        #[test]
        fn a_number_fits_and_is_its_own(code in "[A-Z0-9]{1,6}", year in 2000i32..2100, a in 1i64..1_000_000, b in 1i64..1_000_000) {
            for kind in [Kind::Invoice, Kind::CreditNote] {
                prop_assert!(number_text(&code, kind, year, a).len() <= MOST);
                prop_assert_eq!(number_text(&code, kind, year, a) == number_text(&code, kind, year, b), a == b);
            }
            prop_assert_ne!(number_text(&code, Kind::Invoice, year, a), number_text(&code, Kind::CreditNote, year, b));
        }
    }
}
