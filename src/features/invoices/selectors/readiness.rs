//! Whether a draft can be posted.
use super::super::model::Document;
use crate::domain::billing::{DueJob, work_is_done};
use crate::domain::gates::decision_due;
use crate::domain::order::{JobDecision, Payer, Phase, WorkState};
use crate::kernel::error::Missing;
use crate::kernel::permission::ManageBranches;
use crate::server::prelude::*;

struct Billed {
    order: WorkOrderId,
    phase: Phase,
    title: String,
    payer: Payer,
    decision: JobDecision,
    work_state: WorkState,
    billed_before: bool,
}

/// What keeps a draft from being posted: a seller who does not say enough about themselves, lines that differ from the order's, work that
/// is not approved or not finished.
pub async fn readiness(tx: &mut TenantTx, document: &Document) -> AppResult<Vec<Missing>> {
    let id = document.id;
    let jobs = sqlx::query_as!(
        Billed,
        r#"
        select w.id as "order: WorkOrderId", w.phase as "phase: Phase", j.title, j.payer as "payer: Payer", j.decision as "decision: JobDecision"
             , j.work_state as "work_state: WorkState"
             , exists (select from invoice_lines l join invoices c on (c.org_id, c.id) = (l.org_id, l.invoice_id)
                        where (l.org_id, l.job_id) = (j.org_id, j.id) and c.kind = 'credit_note' and c.state = 'posted') as "billed_before!"
          from invoiced_jobs b
          join jobs j on (j.org_id, j.id) = (b.org_id, b.job_id)
          join work_orders w on (w.org_id, w.id) = (j.org_id, j.work_order_id)
         where b.invoice_id = $1
         order by j.position, j.id"#,
        id.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let mut missing = seller(document, tx.session().allows::<ManageBranches>());
    missing.extend(jobs.iter().filter_map(Billed::missing));
    if differs(tx, id).await? {
        let what = "The work order has changed since this draft. Copy its lines again.".to_owned();
        missing.push(Missing {
            what,
            href: format!("/invoices/{id}"),
        });
    }
    Ok(missing)
}

/// What the law wants to read about the seller, as far as the branch does not say it yet.
fn seller(document: &Document, may_mend: bool) -> Vec<Missing> {
    let seller = &document.seller;
    // Sales tax names nobody's number; every other tax on turnover is worth nothing to the customer without the seller's.
    let names_number = !document.tax.is_zero() && document.currency.code() != "USD";
    [
        ("address", "address", seller.address.trim().is_empty()),
        (
            "tax_id",
            "tax number",
            names_number && seller.tax_id.trim().is_empty(),
        ),
    ]
    .into_iter()
    .filter(|(_, _, lacks)| *lacks)
    .map(|(field, name, _)| {
        let what = format!(
            "Add the {name} of {}: it is printed on every invoice",
            seller.branch
        );
        if may_mend {
            let href = format!("/settings/branches/{}#f-{field}", document.branch);
            Missing { what, href }
        } else {
            let what = format!("{what}. An owner can do that under Settings, Branches");
            Missing {
                what,
                href: String::new(),
            }
        }
    })
    .collect()
}

impl Billed {
    fn due(&self) -> DueJob {
        DueJob {
            title: self.title.clone(),
            work_state: self.work_state,
            billed_before: self.billed_before,
        }
    }
    fn missing(&self) -> Option<Missing> {
        let (anchor, what) = if self.payer != Payer::Customer {
            (
                "jobs",
                format!(
                    "The customer no longer pays for “{}”. Copy the lines again",
                    self.title
                ),
            )
        } else if self.decision != JobDecision::Approved {
            ("decisions", decision_due(&self.title))
        } else if self.due().is_done(self.phase) {
            return None;
        } else if self.work_state == WorkState::Started {
            (
                "jobs",
                format!("Finish “{}”, or mark the whole order ready", self.title),
            )
        } else if work_is_done(self.phase) {
            (
                "decisions",
                format!(
                    "Nobody started “{}”: move the work order back to do it, or record that the customer declines it",
                    self.title
                ),
            )
        } else {
            (
                "jobs",
                format!("Start and finish “{}”: nobody started it yet", self.title),
            )
        };
        Some(Missing {
            what,
            href: format!("/work-orders/{}#{anchor}", self.order),
        })
    }
}

/// Whether the draft's lines are not the lines that its jobs have now.
async fn differs(tx: &mut TenantTx, id: InvoiceId) -> AppResult<bool> {
    let differs = sqlx::query_scalar!(
        r#"
        with drafted as (
          select job_id, kind, description, part_number, quantity_milli, unit_price_minor, tax_basis_points from invoice_lines where invoice_id = $1
        ), current as (
          select l.job_id, l.kind, l.description, l.part_number, l.quantity_milli, l.unit_price_minor, l.tax_basis_points
            from invoiced_jobs b
            join lines l on (l.org_id, l.job_id) = (b.org_id, b.job_id)
           where b.invoice_id = $1
        )
        select exists (select * from drafted except all select * from current)
            or exists (select * from current except all select * from drafted) as "differs!""#,
        id.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(differs)
}
