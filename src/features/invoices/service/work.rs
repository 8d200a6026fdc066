//! The work of an order that can be billed: approved, paid by the customer, begun, and on no live invoice.
use super::super::model::DocumentLine;
use crate::domain::billing::{DueJob, Unbillable, billable, work_is_done};
use crate::domain::gates::decision_due;
use crate::domain::order::{JobDecision, LineKind, Payer, Phase, WorkState, chargeable, named, number_text};
use crate::domain::totals::{LineAmounts, Totals, totals};
use crate::kernel::error::Missing;
use crate::server::prelude::*;

/// An order, locked, with what drafts copy.
pub(super) struct Order {
    pub id: WorkOrderId,
    pub branch: BranchId,
    pub customer: CustomerId,
    pub number: String,
    pub phase: Phase,
    jobs: Vec<Job>,
}

struct Job {
    id: JobId,
    title: String,
    payer: Payer,
    decision: JobDecision,
    work_state: WorkState,
    billed_before: bool,
    /// The live invoice that it is on, and its number if that is posted.
    on: Option<InvoiceId>,
    on_number: Option<String>,
}

impl Job {
    fn is_approved(&self) -> bool {
        chargeable(self.payer, self.decision)
    }
    fn due(&self) -> DueJob {
        DueJob {
            title: self.title.clone(),
            work_state: self.work_state,
            billed_before: self.billed_before,
        }
    }
}

/// What goes on a draft.
pub(super) struct Work {
    pub jobs: Vec<JobId>,
    pub lines: Vec<DocumentLine>,
    pub totals: Totals,
}

impl Order {
    /// Locks an order as every write on it does.
    pub(super) async fn lock(tx: &mut TenantTx, id: WorkOrderId) -> AppResult<Self> {
        let row = sqlx::query!(
            r#"select w.branch_id as "branch: BranchId", w.customer_id as "customer: CustomerId", w.number, b.code, w.phase as "phase: Phase"
                 from work_orders w join branches b on (b.org_id, b.id) = (w.org_id, w.branch_id)
                where w.id = $1 for no key update of w"#,
            id.uuid()
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or(AppError::NotFound)?;
        let jobs = sqlx::query_as!(
            Job,
            r#"select j.id as "id: JobId", j.title, j.payer as "payer: Payer", j.decision as "decision: JobDecision", j.work_state as "work_state: WorkState"
                    , exists (select from invoice_lines l join invoices c on (c.org_id, c.id) = (l.org_id, l.invoice_id)
                               where (l.org_id, l.job_id) = (j.org_id, j.id) and c.kind = 'credit_note' and c.state = 'posted') as "billed_before!"
                    , b.invoice_id as "on?: InvoiceId", i.number_text as on_number
                 from jobs j
                 left join invoiced_jobs b on (b.org_id, b.job_id) = (j.org_id, j.id)
                 left join invoices i on (i.org_id, i.id) = (b.org_id, b.invoice_id)
                where j.work_order_id = $1 order by j.position, j.id"#,
            id.uuid()
        )
        .fetch_all(tx.conn())
        .await?;
        let number = number_text(&row.code, row.number);
        Ok(Self {
            id,
            branch: row.branch,
            customer: row.customer,
            number,
            phase: row.phase,
            jobs,
        })
    }

    /// The draft that already has all approved work, if there is one: asking again leads to it.
    pub(super) fn drafted(&self) -> Option<InvoiceId> {
        let approved = || self.jobs.iter().filter(|job| job.is_approved());
        let open = approved().any(|job| job.on.is_none());
        approved()
            .find(|job| job.on.is_some() && job.on_number.is_none())
            .and_then(|job| job.on)
            .filter(|_| !open)
    }

    /// The approved work that is not billed yet, or that is on `draft`.
    pub(super) async fn billable(&self, tx: &mut TenantTx, draft: Option<InvoiceId>) -> AppResult<Work> {
        let due = |job: &&Job| job.is_approved() && (job.on.is_none() || job.on == draft);
        let (jobs, states): (Vec<JobId>, Vec<DueJob>) = self
            .jobs
            .iter()
            .filter(due)
            .map(|job| (job.id, job.due()))
            .unzip();
        let lines = lines(tx, &jobs).await?;
        let totals = totals(&lines.iter().map(amounts).collect::<Vec<_>>());
        let priced = lines.iter().filter(|line| !line.unit_price.is_zero()).count();
        billable(self.phase, &states, priced, totals.gross).map_err(|why| self.refusal(why))?;
        Ok(Work { jobs, lines, totals })
    }

    fn at(&self, anchor: &str, what: impl Into<String>) -> Missing {
        Missing {
            what: what.into(),
            href: format!("/work-orders/{}#{anchor}", self.id),
        }
    }

    fn refusal(&self, why: Unbillable) -> AppError {
        let missing = match why {
            Unbillable::Cancelled => {
                return AppError::refused(format!(
                    "Work order {} is cancelled. There is nothing to invoice.",
                    self.number
                ));
            }
            Unbillable::Negative => {
                return AppError::refused(
                    "The discounts are larger than the work. An invoice cannot be negative.",
                );
            }
            Unbillable::NothingDue => self.nothing_to_bill(),
            Unbillable::NotBegun(titles) if work_is_done(self.phase) => {
                let titles = named(&titles);
                let what = format!(
                    "Nobody started {titles}: move the work order back to do it, or record that the customer declines it"
                );
                vec![self.at("decisions", what)]
            }
            Unbillable::NotBegun(titles) => {
                let (titles, phase) = (named(&titles), self.phase.label().to_lowercase());
                let what = format!("Start the work on {titles}: the work order is still {phase}");
                vec![self.at("jobs", what)]
            }
            Unbillable::NoPrices => vec![self.at("jobs", "Add lines with prices to the approved jobs")],
        };
        Conflict::NotReady { missing }.into()
    }

    fn nothing_to_bill(&self) -> Vec<Missing> {
        let undecided = |job: &&Job| job.payer == Payer::Customer && job.decision == JobDecision::Open;
        let mut missing: Vec<Missing> = self
            .jobs
            .iter()
            .filter(undecided)
            .map(|job| self.at("decisions", decision_due(&job.title)))
            .collect();
        let billed = self
            .jobs
            .iter()
            .find_map(|job| job.on.zip(job.on_number.as_ref()));
        if let Some((id, number)) = billed {
            let what = format!("All approved work is on invoice {number}. Void it to invoice the work again");
            missing.push(Missing {
                what,
                href: format!("/invoices/{id}"),
            });
        }
        if missing.is_empty() {
            let what = match self.jobs.first() {
                None => "Add a job and record the customer's decision",
                Some(_) => "No job that the customer pays for is approved. Add or approve a job",
            };
            missing.push(self.at("jobs", what));
        }
        missing
    }
}

fn amounts(line: &DocumentLine) -> LineAmounts {
    LineAmounts {
        kind: line.kind,
        quantity: line.quantity,
        unit_price: line.unit_price,
        tax_rate: line.tax_rate,
        declined: false,
    }
}

async fn lines(tx: &mut TenantTx, jobs: &[JobId]) -> AppResult<Vec<DocumentLine>> {
    let ids: Vec<_> = jobs.iter().map(|job| job.uuid()).collect();
    let rows = sqlx::query!(
        r#"select l.job_id as "job: JobId", j.title, l.kind as "kind: LineKind", l.description, l.part_number, l.quantity_milli, l.unit_price_minor, l.tax_basis_points
             from lines l join jobs j on (j.org_id, j.id) = (l.org_id, l.job_id)
            where l.job_id = any($1) order by j.position, j.id, l.position, l.id"#,
        &ids
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let amounts = LineAmounts {
                kind: row.kind,
                quantity: Quantity(row.quantity_milli),
                unit_price: Money(row.unit_price_minor),
                tax_rate: BasisPoints(row.tax_basis_points),
                declined: false,
            };
            DocumentLine {
                job: Some(row.job),
                job_title: row.title,
                kind: row.kind,
                description: row.description,
                part_number: row.part_number,
                quantity: amounts.quantity,
                unit_price: amounts.unit_price,
                tax_rate: amounts.tax_rate,
                net: amounts.net(),
                tax: amounts.tax(),
            }
        })
        .collect())
}
