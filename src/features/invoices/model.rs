//! What documents are.
use crate::domain::billing::{InvoiceState, Kind};
use crate::domain::order::LineKind;
use crate::domain::totals::RateTotal;
use crate::kernel::{
    BasisPoints, BranchId, Currency, CustomerId, InvoiceId, JobId, Locale, Money, Quantity, Terms,
};
use crate::server::messages::Words;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A row of the list.
#[derive(Clone, Debug)]
pub struct InvoiceRow {
    pub id: InvoiceId,
    pub kind: Kind,
    pub state: InvoiceState,
    pub number: Option<String>,
    pub customer: String,
    /// Its work order and vehicle or device.
    pub about: Option<String>,
    pub issued_on: Option<NaiveDate>,
    pub due_on: Option<NaiveDate>,
    pub currency: String,
    pub total: Money,
    pub open: Money,
    pub created_at: DateTime<Utc>,
}

/// The sum of the rows that a filter shows; credit notes subtract.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    pub documents: i64,
    pub total: Money,
    pub open: Money,
}

/// The workshop as it was on the day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Seller {
    pub organization: String,
    pub branch: String,
    pub address: String,
    pub phone: String,
    pub email: String,
    pub tax_id: String,
    /// What the document is written in: language, what a work order is called, and whose dates and numbers. Empty on those that were
    /// posted before this was kept: they are in English, with the workshop's words of now.
    pub language: String,
    pub work_order_term: String,
    pub country: String,
}

impl Seller {
    /// The words of the document, where the workshop writes like this now.
    pub fn words(&self, now: Locale) -> Words {
        let kept = Some(Locale::of(&self.country)).filter(|_| !self.country.is_empty());
        Words::of(&self.language).said_in(kept.unwrap_or(now))
    }
    /// The name of the term for a work order.
    pub fn term(&self, now: Terms) -> &str {
        match self.work_order_term.as_str() {
            "" => now.work_order.name(),
            kept => kept,
        }
    }
}

/// The customer as on the day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Buyer {
    pub name: String,
    pub contact_name: String,
    pub street: String,
    pub postal_code: String,
    pub city: String,
    pub tax_id: String,
    pub email: String,
}

/// A work order that the document bills, with its vehicle or device as on the day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BilledOrder {
    pub order: Option<uuid::Uuid>,
    pub number: String,
    pub vehicle: bool,
    pub plate: String,
    pub vin: String,
    pub serial: String,
    pub make: String,
    pub model: String,
    pub model_year: Option<i32>,
    pub odometer: Option<i32>,
    /// The day on which the last of the billed jobs was finished, where the branch is.
    pub supplied_on: Option<NaiveDate>,
}

impl BilledOrder {
    /// `VW Golf 2019`.
    pub fn name(&self) -> String {
        let year = self.model_year.map(|year| year.to_string()).unwrap_or_default();
        [self.make.as_str(), self.model.as_str(), year.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// A line as it was billed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentLine {
    pub job: Option<JobId>,
    pub job_title: String,
    pub kind: LineKind,
    pub description: String,
    pub part_number: String,
    pub quantity: Quantity,
    pub unit_price: Money,
    pub tax_rate: BasisPoints,
    pub net: Money,
    pub tax: Money,
}

/// Lines of one job, in their order.
pub(super) fn by_job(lines: &[DocumentLine]) -> Vec<(String, Vec<DocumentLine>)> {
    lines
        .chunk_by(|a, b| a.job == b.job && a.job_title == b.job_title)
        .map(|chunk| (chunk[0].job_title.clone(), chunk.to_vec()))
        .collect()
}

/// What the document taxes at each rate, from the amounts that stand on it.
pub(super) fn by_rate(lines: &[DocumentLine]) -> Vec<RateTotal> {
    let mut rates = std::collections::BTreeMap::<BasisPoints, (Money, Money)>::new();
    for line in lines.iter().filter(|line| line.kind != LineKind::Text) {
        let sums = rates.entry(line.tax_rate).or_default();
        sums.0 += line.net;
        sums.1 += line.tax;
    }
    rates
        .into_iter()
        .map(|(rate, (net, tax))| RateTotal { rate, net, tax })
        .collect()
}

/// A document that this one corrects or is corrected by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counterpart {
    pub id: InvoiceId,
    pub number: String,
}

/// Everything about one document.
#[derive(Clone, Debug)]
pub struct Document {
    pub id: InvoiceId,
    pub kind: Kind,
    pub state: InvoiceState,
    pub number: Option<String>,
    pub branch: BranchId,
    pub customer: CustomerId,
    pub subject: String,
    /// Why a credit note was made.
    pub reason: String,
    pub issued_on: Option<NaiveDate>,
    pub due_on: Option<NaiveDate>,
    pub posted_by: Option<String>,
    pub currency: Currency,
    pub net: Money,
    pub tax: Money,
    pub total: Money,
    pub credited: Money,
    pub paid: Money,
    pub open: Money,
    pub seller: Seller,
    pub buyer: Buyer,
    pub covers: Vec<BilledOrder>,
    /// The invoice that a credit note corrects.
    pub corrects: Option<Counterpart>,
    /// The credit note that voided this invoice.
    pub voided_by: Option<Counterpart>,
    pub lines: Vec<DocumentLine>,
}

impl Document {
    /// `Invoice B1-2026-00042`, `Draft invoice`.
    pub fn title(&self) -> String {
        match &self.number {
            Some(number) => format!("{} {number}", self.kind.label()),
            None => format!("Draft {}", self.kind.label().to_lowercase()),
        }
    }
    pub fn is_draft(&self) -> bool {
        self.state == InvoiceState::Draft
    }
    /// Whether money can be taken for it.
    pub fn is_owed(&self) -> bool {
        matches!(
            self.state,
            InvoiceState::Open | InvoiceState::PartPaid | InvoiceState::Overdue
        )
    }
    pub fn show(&self, amount: Money) -> String {
        self.currency.show(amount)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::totals::{LineAmounts, totals};
    use proptest::prelude::*;

    fn line() -> impl Strategy<Value = DocumentLine> {
        (
            prop::sample::select(LineKind::ALL.to_vec()),
            1i64..=1_000_000,
            0i64..=10_000_000,
            prop::sample::select(vec![0, 700, 1_900, 2_000]),
            0u128..3,
        )
            .prop_map(|(kind, quantity, price, rate, job)| {
                let amounts = LineAmounts {
                    kind,
                    quantity: Quantity(quantity),
                    unit_price: Money(price),
                    tax_rate: BasisPoints(rate),
                    declined: false,
                };
                DocumentLine {
                    job: Some(JobId::new(uuid::Uuid::from_u128(job))),
                    job_title: format!("Job {job}"),
                    kind,
                    description: "Line".into(),
                    part_number: String::new(),
                    quantity: amounts.quantity,
                    unit_price: amounts.unit_price,
                    tax_rate: amounts.tax_rate,
                    net: amounts.net(),
                    tax: amounts.tax(),
                }
            })
    }

    proptest! {
        #[test]
        fn what_stands_on_the_paper_is_what_the_order_added_up(lines in prop::collection::vec(line(), 0..40)) {
            let amounts: Vec<LineAmounts> = lines
                .iter()
                .map(|l| LineAmounts { kind: l.kind, quantity: l.quantity, unit_price: l.unit_price, tax_rate: l.tax_rate, declined: false })
                .collect();
            let sums = totals(&amounts);
            prop_assert_eq!(by_rate(&lines), sums.by_rate);
            prop_assert_eq!(lines.iter().map(|l| l.net).sum::<Money>(), sums.net);
            let jobs = by_job(&lines);
            prop_assert_eq!(jobs.iter().flat_map(|(_, l)| l.iter().map(|l| l.net)).sum::<Money>(), sums.net);
            prop_assert_eq!(jobs.iter().flat_map(|(_, l)| l.clone()).collect::<Vec<_>>(), lines);
        }

        #[test]
        fn a_credit_note_takes_back_exactly_its_invoice(amount in 0i64..1_000_000_000) {
            let total = Money(amount);
            prop_assert!((Kind::Invoice.signed(total) + Kind::CreditNote.signed(total)).is_zero());
        }
    }
}
