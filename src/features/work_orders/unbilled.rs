//! Approved work that is on no posted invoice: hand-over asks for it and the page warns of it, by one rule.
use super::view::{Line, WorkOrderView};
use crate::domain::order::{WorkState, named};
use crate::domain::totals::{LineAmounts, totals};
use crate::kernel::Money;

/// A job that the customer approved and pays for.
#[derive(Clone, Debug)]
pub struct ApprovedJob {
    pub title: String,
    pub lines: Vec<LineAmounts>,
    /// Somebody started it.
    pub begun: bool,
    /// On a posted invoice that was not credited.
    pub invoiced: bool,
}

/// What of the approved work still has to be invoiced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unbilled {
    pub amount: Money,
    /// The jobs that `amount` is about, where it is not about all that was approved.
    pub titles: Vec<String>,
    /// Approved at a price, but nobody started it: there is nothing to invoice until somebody does, or the customer declines.
    pub not_begun: Vec<String>,
}

impl Unbilled {
    pub fn of(jobs: &[ApprovedJob]) -> Self {
        let priced = |job: &&ApprovedJob| !job.lines.iter().all(|line| line.unit_price.is_zero());
        let (begun, not_begun): (Vec<_>, Vec<_>) = jobs
            .iter()
            .filter(|job| !job.invoiced)
            .filter(priced)
            .partition(|job| job.begun);
        let lines: Vec<LineAmounts> = begun.iter().flat_map(|job| job.lines.clone()).collect();
        // Discounts as large as the work leave nothing to ask for.
        let amount = totals(&lines).gross.max(Money::ZERO);
        let partly = jobs.iter().any(|job| job.invoiced) || !not_begun.is_empty();
        let titles = |jobs: Vec<&ApprovedJob>| jobs.into_iter().map(|job| job.title.clone()).collect();
        Self {
            amount,
            titles: if partly { titles(begun) } else { Vec::new() },
            not_begun: titles(not_begun),
        }
    }

    /// `the approved work`, or the jobs by name where other approved work is invoiced already.
    pub fn what(&self) -> String {
        if self.titles.is_empty() {
            "the approved work".to_owned()
        } else {
            named(&self.titles)
        }
    }
}

impl WorkOrderView {
    /// What of the approved work still has to be invoiced.
    pub fn unbilled(&self) -> Unbilled {
        let approved = self.jobs.iter().filter(|job| job.chargeable());
        let jobs: Vec<ApprovedJob> = approved
            .map(|job| ApprovedJob {
                title: job.data.title.clone(),
                lines: job.lines.iter().map(Line::amounts).collect(),
                begun: job.work_state != WorkState::NotStarted,
                invoiced: job.invoiced,
            })
            .collect();
        Unbilled::of(&jobs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::order::LineKind;
    use crate::kernel::{BasisPoints, Quantity};

    fn job(title: &str, kind: LineKind, price: i64) -> ApprovedJob {
        let line = LineAmounts {
            kind,
            quantity: Quantity(1_000),
            unit_price: Money(price),
            tax_rate: BasisPoints(0),
            declined: false,
        };
        ApprovedJob {
            title: title.to_owned(),
            lines: vec![line],
            begun: true,
            invoiced: false,
        }
    }

    #[test]
    fn a_job_counts_until_it_is_on_a_posted_invoice_itself() {
        let brakes = ApprovedJob {
            invoiced: true,
            ..job("Brakes", LineKind::Labor, 100)
        };
        let wipers = job("Wipers", LineKind::Part, 20);
        let rest = Unbilled::of(&[brakes.clone(), wipers.clone()]);
        assert_eq!((rest.amount, rest.what()), (Money(20), "“Wipers”".to_owned()));
        assert_eq!(Unbilled::of(&[brakes]), Unbilled::default());
        assert_eq!(Unbilled::of(&[wipers]).what(), "the approved work");
    }

    #[test]
    fn what_nobody_started_or_priced_is_not_billed_and_discounts_never_make_it_negative() {
        let idle = ApprovedJob {
            begun: false,
            ..job("Brakes", LineKind::Labor, 100)
        };
        let rest = Unbilled::of(&[idle, job("Look", LineKind::Labor, 0)]);
        assert_eq!(
            (rest.amount, rest.not_begun),
            (Money::ZERO, vec!["Brakes".to_owned()])
        );
        let given = [
            job("Brakes", LineKind::Labor, 100),
            job("Thanks", LineKind::Discount, 150),
        ];
        assert_eq!(Unbilled::of(&given).amount, Money::ZERO);
    }
}
