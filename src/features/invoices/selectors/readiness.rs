//! Whether a draft can be posted.
use super::super::model::work_is_done;
use crate::features::work_orders::model::{JobDecision, Payer, Phase, WorkState};
use crate::kernel::error::Missing;
use crate::server::prelude::*;

struct Billed {
    order: WorkOrderId,
    phase: Phase,
    title: String,
    payer: Payer,
    decision: JobDecision,
    work_state: WorkState,
}

/// What keeps a draft from being posted: lines that differ from the order's, work that is not approved or not finished.
///
/// # Errors
/// The database's.
pub async fn readiness(tx: &mut TenantTx, id: InvoiceId) -> AppResult<Vec<Missing>> {
    let jobs = sqlx::query_as!(
        Billed,
        r#"
        select w.id as "order: WorkOrderId", w.phase as "phase: Phase", j.title, j.payer as "payer: Payer", j.decision as "decision: JobDecision"
             , j.work_state as "work_state: WorkState"
          from invoiced_jobs b
          join jobs j on (j.org_id, j.id) = (b.org_id, b.job_id)
          join work_orders w on (w.org_id, w.id) = (j.org_id, j.work_order_id)
         where b.invoice_id = $1
         order by j.position, j.id"#,
        id.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let mut missing: Vec<Missing> = jobs.iter().filter_map(Billed::missing).collect();
    if differs(tx, id).await? {
        let what = "The work order changed since this draft was made. Copy its lines again.".to_owned();
        missing.push(Missing {
            what,
            href: format!("/invoices/{id}"),
        });
    }
    Ok(missing)
}

impl Billed {
    fn missing(&self) -> Option<Missing> {
        let (anchor, what) = if self.payer != Payer::Customer {
            (
                "jobs",
                format!(
                    "The customer does not pay for “{}” any more. Copy the lines again",
                    self.title
                ),
            )
        } else if self.decision != JobDecision::Approved {
            (
                "decisions",
                format!("Record the customer's approval of “{}”", self.title),
            )
        } else if self.work_state != WorkState::Finished && !work_is_done(self.phase) {
            (
                "jobs",
                format!("Finish “{}”, or mark the whole order ready", self.title),
            )
        } else {
            return None;
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
