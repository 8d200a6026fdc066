//! Delivery: who collected it, with a signature.
use super::super::gates::WHO_INVOICES;
use super::super::model::{LineKind, Phase};
use super::super::totals::{LineAmounts, totals};
use super::moves::{check_gates, write_move};
use super::order::{Order, lock_open};
use crate::kernel::error::Missing;
use crate::kernel::permission::IssueInvoices;
use crate::kernel::text;
use crate::server::prelude::*;

/// Who collects it.
#[derive(Clone, Debug)]
pub struct HandOver {
    pub collected_by: String,
    /// A name typed as a signature.
    pub typed: String,
    /// The path of a drawn one (`M10 20L30 40`); it counts instead.
    pub drawn: String,
    /// Passes a missing invoice, for who may and says why.
    pub overriding: bool,
    pub reason: String,
    pub key: String,
}

/// Hands a ready order over and closes it. What the customer approved has to be invoiced first; it need not be paid.
///
/// # Errors
/// `NotReady`, `Invalid` at `collected_by` or `signature`, `Refused` when it is not ready.
pub async fn hand_over(tx: &mut TenantTx, id: WorkOrderId, wish: &HandOver) -> AppResult<()> {
    if idempotency::claim(tx, &wish.key, "work_order.hand_over", &id.to_string())
        .await?
        .is_some()
    {
        return Ok(());
    }
    let order = lock_open(tx, id).await?;
    if order.phase != Phase::Ready {
        let phase = order.phase.label();
        return Err(AppError::refused(format!(
            "{} is in phase “{phase}”. Only a ready work order can be handed over.",
            order.number
        )));
    }
    let mut check = Checker::new();
    let collected_by = check.check("collected_by", text::required(&wish.collected_by, 120));
    let signature = check.check("signature", signature(wish));
    let reason = check.check("reason", text::long(&wish.reason, 500));
    let (who, reason) = check.finish(collected_by.zip(signature).zip(reason))?;
    let missing = missing_invoice(tx, &order).await?;
    let overridden = check_gates(tx, missing, wish.overriding, &reason)?;
    write_hand_over(tx, &order, &who).await?;
    write_move(tx, &order, Phase::Delivered, &reason, &overridden).await
}

/// The drawn one if there is one. Only a path's letters and figures, because pages show it as a drawing.
fn signature(wish: &HandOver) -> Result<String, Problem> {
    if wish.drawn.is_empty() {
        return text::required(&wish.typed, 120);
    }
    let path = text::required(&wish.drawn, 20_000)?;
    let drawn = path.starts_with('M') && path.chars().all(|c| matches!(c, 'M' | 'L' | ' ' | '0'..='9'));
    if drawn {
        Ok(path)
    } else {
        Err(Problem::other("Please sign again."))
    }
}

async fn write_hand_over(
    tx: &mut TenantTx,
    order: &Order,
    (collected_by, signature): &(String, String),
) -> AppResult<()> {
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
    audit::record(
        tx,
        order.deed("work_order.handed_over", format!("Handed over to {collected_by}")),
    )
    .await
}

/// A posted invoice that was not credited, if the customer approved something that costs.
async fn missing_invoice(tx: &mut TenantTx, order: &Order) -> AppResult<Vec<Missing>> {
    let lines = sqlx::query!(
        r#"select l.kind as "kind: LineKind", l.quantity_milli, l.unit_price_minor, l.tax_basis_points
             from lines l join jobs j on (j.org_id, j.id) = (l.org_id, l.job_id)
            where l.work_order_id = $1 and j.payer = 'customer' and j.decision = 'approved'"#,
        order.id.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let billable: Vec<LineAmounts> = lines
        .into_iter()
        .map(|line| LineAmounts {
            kind: line.kind,
            quantity: Quantity(line.quantity_milli),
            unit_price: Money(line.unit_price_minor),
            tax_rate: BasisPoints(line.tax_basis_points),
            declined: false,
        })
        .collect();
    let invoiced = sqlx::query_scalar!(
        r#"select exists (
             select from invoice_work_orders x join invoices i on (i.org_id, i.id) = (x.org_id, x.invoice_id)
              where x.work_order_id = $1 and i.kind = 'invoice' and i.state = 'posted'
                and not exists (select from invoices c where c.org_id = i.org_id and c.corrects_id = i.id and c.state = 'posted')) as "invoiced!""#,
        order.id.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    let amount = totals(&billable).gross;
    if invoiced || amount.is_zero() {
        return Ok(Vec::new());
    }
    let amount = tx.session().settings.currency.show(amount);
    let mut what = format!("Post an invoice for the approved work ({amount})");
    if !tx.session().allows::<IssueInvoices>() {
        what = format!("{what}. {WHO_INVOICES}");
    }
    let href = format!("/work-orders/{}#money", order.id);
    Ok(vec![Missing { what, href }])
}
