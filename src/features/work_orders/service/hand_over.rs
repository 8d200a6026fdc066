//! Delivery: who collected it, with a signature.
use super::super::unbilled::{ApprovedJob, Unbilled};
use super::HandOver;
use super::moves::{check_gates, write_move};
use super::order::{Order, lock_open};
use crate::domain::gates::WHO_INVOICES;
use crate::domain::order::{LineKind, Phase, WorkState};
use crate::domain::totals::LineAmounts;
use crate::kernel::error::Missing;
use crate::kernel::permission::{self, IssueInvoices};
use crate::server::prelude::*;

/// Hands a ready order over and closes it. What the customer approved has to be invoiced first; it need not be paid.
///
/// # Errors
/// `NotReady`, `Refused` when it is not ready.
pub async fn hand_over(
    scope: &mut Scope<permission::HandOver>,
    id: WorkOrderId,
    wish: &HandOver,
    key: &str,
) -> AppResult<()> {
    if idempotency::claim(scope, key, "work_order.hand_over", &id.to_string())
        .await?
        .is_some()
    {
        return Ok(());
    }
    let order = lock_open(scope, id).await?;
    if order.phase != Phase::Ready {
        let phase = order.phase.label();
        return Err(AppError::refused(format!(
            "{} is in phase “{phase}”. Only a ready work order can be handed over.",
            order.number
        )));
    }
    let missing = missing_invoice(scope, &order).await?;
    let overridden = check_gates(scope, missing, wish.r#override, &wish.reason)?;
    write_hand_over(scope, &order, wish).await?;
    write_move(scope, &order, Phase::Delivered, &wish.reason, &overridden).await
}

async fn write_hand_over(tx: &mut TenantTx, order: &Order, wish: &HandOver) -> AppResult<()> {
    let (collected_by, signature) = (&wish.collected_by, wish.signature());
    let (member, now) = (tx.session().member().uuid(), tx.now());
    sqlx::query!(
        "insert into hand_overs (work_order_id, collected_by, signature, member_id, at) values ($1, $2, $3, $4, $5)",
        order.id.uuid(),
        collected_by,
        signature,
        member,
        now
    )
    .execute(tx.conn())
    .await?;
    let event = order
        .event("work_order.handed_over", format!("Handed over to {collected_by}"))
        .field("Collected by", None, Some(collected_by.as_str()));
    audit::record(tx, event).await
}

/// What the customer approved has to be on posted invoices that were not credited: each job, not just one of them.
async fn missing_invoice(tx: &mut TenantTx, order: &Order) -> AppResult<Vec<Missing>> {
    let rest = Unbilled::of(&approved_jobs(tx, order.id).await?);
    let mut missing = Vec::new();
    if !rest.amount.is_zero() {
        let amount = tx.session().settings.currency.show(rest.amount);
        let mut what = format!("Post an invoice for {} ({amount})", rest.what());
        if !tx.session().allows::<IssueInvoices>() {
            what = format!("{what}. {WHO_INVOICES}");
        }
        let href = format!("/work-orders/{}#money", order.id);
        missing.push(Missing { what, href });
    }
    missing.extend(rest.not_begun.into_iter().map(|title| Missing {
        what: format!(
            "“{title}” is approved, but nobody started it: do it, or record that the customer declines it"
        ),
        href: format!("/work-orders/{}#decisions", order.id),
    }));
    Ok(missing)
}

async fn approved_jobs(tx: &mut TenantTx, id: WorkOrderId) -> AppResult<Vec<ApprovedJob>> {
    let rows = sqlx::query!(
        r#"select j.id as "job: JobId", j.title, j.work_state as "work_state: WorkState", i.id is not null as "invoiced!"
                , l.kind as "kind: LineKind", l.quantity_milli, l.unit_price_minor, l.tax_basis_points
             from jobs j
             join lines l on (l.org_id, l.job_id) = (j.org_id, j.id)
             left join invoiced_jobs b on (b.org_id, b.job_id) = (j.org_id, j.id)
             left join invoices i on (i.org_id, i.id) = (b.org_id, b.invoice_id) and i.state = 'posted'
            where j.work_order_id = $1 and app.chargeable(j.payer, j.decision)
            order by j.position, j.id"#,
        id.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let mut jobs: Vec<ApprovedJob> = Vec::new();
    let mut last = None;
    for row in rows {
        let line = LineAmounts {
            kind: row.kind,
            quantity: Quantity(row.quantity_milli),
            unit_price: Money(row.unit_price_minor),
            tax_rate: BasisPoints(row.tax_basis_points),
            declined: false,
        };
        if last.replace(row.job) != Some(row.job) {
            jobs.push(ApprovedJob {
                title: row.title,
                lines: Vec::new(),
                begun: row.work_state != WorkState::NotStarted,
                invoiced: row.invoiced,
            });
        }
        if let Some(job) = jobs.last_mut() {
            job.lines.push(line);
        }
    }
    Ok(jobs)
}
