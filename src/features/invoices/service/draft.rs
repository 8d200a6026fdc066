//! Drafts: made from approved work, edited, copied anew, thrown away.
use super::super::form::DraftWords;
use super::super::model::DocumentLine;
use super::super::selectors;
use super::work::{Order, Work};
use crate::features::payments::service::Locked;
use crate::kernel::permission::IssueInvoices;
use crate::server::prelude::*;
use chrono::NaiveDate;

/// Makes a draft of an order's approved work that is on no live invoice. When a draft has all of it already, leads to that.
///
/// # Errors
/// `NotReady` with everything that is missing.
pub async fn create(scope: &mut Scope<IssueInvoices>, order: WorkOrderId, key: &str) -> AppResult<InvoiceId> {
    draft(scope, order, key).await
}

async fn draft(tx: &mut TenantTx, order: WorkOrderId, key: &str) -> AppResult<InvoiceId> {
    let id = InvoiceId::new(tx.new_uuid());
    if let Some(first) = idempotency::claim(tx, key, "invoice.draft", &id.to_string()).await? {
        return first.parse().map_err(|_| AppError::NotFound);
    }
    let order = Order::lock(tx, order).await?;
    if let Some(draft) = order.drafted() {
        return Ok(draft);
    }
    let work = order.billable(tx, None).await?;
    let (now, currency) = (tx.now(), tx.session().settings.currency);
    sqlx::query!(
        "insert into invoices (id, branch_id, kind, customer_id, currency, net_minor, tax_minor, total_minor, created_at)
         values ($1, $2, 'invoice', $3, $4, $5, $6, $7, $8)",
        id.uuid(), order.branch.uuid(), order.customer.uuid(), currency.code(), work.totals.net.0, work.totals.tax.0, work.totals.gross.0, now
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into invoice_work_orders (invoice_id, work_order_id) values ($1, $2)",
        id.uuid(),
        order.id.uuid()
    )
    .execute(tx.conn())
    .await?;
    fill(tx, id, &work).await?;
    let amount = currency.show(work.totals.gross);
    let summary = format!("Drafted an invoice for {amount} for work order {}", order.number);
    let event = AuditEvent::new("invoice.drafted", "invoice", id.uuid(), summary);
    let event = event.on_order(order.id).on_customer(order.customer);
    audit::record(tx, event.field("Total", None, Some(amount))).await?;
    Ok(id)
}

/// Copies the order's lines again, as they are approved now.
///
/// # Errors
/// `Refused` for a posted document, `NotReady` as [`create`].
pub async fn refresh(scope: &mut Scope<IssueInvoices>, id: InvoiceId) -> AppResult<()> {
    let locked = Locked::lock_draft(scope, id).await?;
    let order = Order::lock(scope, locked.order.ok_or(AppError::NotFound)?).await?;
    let work = order.billable(scope, Some(id)).await?;
    let before = selectors::lines(scope, id).await?;
    clear(scope, id).await?;
    fill(scope, id, &work).await?;
    sqlx::query!(
        "update invoices set net_minor = $2, tax_minor = $3, total_minor = $4 where id = $1",
        id.uuid(),
        work.totals.net.0,
        work.totals.tax.0,
        work.totals.gross.0
    )
    .execute(scope.conn())
    .await?;
    let summary = format!(
        "Copied the lines again: {}",
        locked.currency.show(work.totals.gross)
    );
    let shown = |amount| locked.currency.show(amount);
    let listed = |lines: &[DocumentLine]| -> Vec<String> {
        let lines = lines.iter();
        lines
            .map(|line| {
                let (title, what, net) = (&line.job_title, &line.description, shown(line.net));
                format!("{title}: {} × {what}, {net}", line.quantity)
            })
            .collect()
    };
    let event = locked
        .audit_event("invoice.refreshed", summary)
        .field("Lines", listed(&before), listed(&work.lines))
        .field("Total", shown(locked.total), shown(work.totals.gross));
    audit::record(scope, event).await
}

/// Sets a draft's due date and subject.
///
/// # Errors
/// `Invalid`, or `Refused` for a posted document.
pub async fn edit(scope: &mut Scope<IssueInvoices>, id: InvoiceId, words: &DraftWords) -> AppResult<()> {
    let locked = Locked::lock_draft(scope, id).await?;
    let (due_on, subject) = (words.due_on, &words.subject);
    let today = locked.today(scope)?;
    if due_on.is_some_and(|day| day < today) {
        let past = Problem::OutOfRange("today or later".to_owned());
        return Err(AppError::field("due_on", past));
    }
    sqlx::query!(
        "update invoices set due_on = $2, subject = $3 where id = $1",
        id.uuid(),
        due_on,
        subject
    )
    .execute(scope.conn())
    .await?;
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    let event = locked
        .audit_event("invoice.edited", "Changed the draft's due date or subject")
        .field("Due on", day(locked.due_on), day(due_on))
        .field("Subject", locked.subject.clone(), subject.clone());
    audit::record(scope, event).await
}

/// Throws a draft away; it never had a number.
///
/// # Errors
/// `Refused` for a posted document.
pub async fn delete(scope: &mut Scope<IssueInvoices>, id: InvoiceId) -> AppResult<Option<WorkOrderId>> {
    let locked = Locked::lock_draft(scope, id).await?;
    clear(scope, id).await?;
    sqlx::query!("delete from invoice_work_orders where invoice_id = $1", id.uuid())
        .execute(scope.conn())
        .await?;
    sqlx::query!("delete from invoices where id = $1", id.uuid())
        .execute(scope.conn())
        .await?;
    let total = locked.currency.show(locked.total);
    let summary = format!("Discarded a draft of {total}");
    let event = locked.audit_event("invoice.draft_deleted", summary);
    audit::record(scope, event.field("Total", Some(total), None)).await?;
    Ok(locked.order)
}

async fn clear(tx: &mut TenantTx, id: InvoiceId) -> AppResult<()> {
    sqlx::query!("delete from invoiced_jobs where invoice_id = $1", id.uuid())
        .execute(tx.conn())
        .await?;
    sqlx::query!("delete from invoice_lines where invoice_id = $1", id.uuid())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Writes the lines, and that their jobs are billed here and nowhere else.
async fn fill(tx: &mut TenantTx, id: InvoiceId, work: &Work) -> AppResult<()> {
    let jobs: Vec<_> = work.jobs.iter().map(|job| job.uuid()).collect();
    sqlx::query!(
        "insert into invoiced_jobs (invoice_id, job_id) select $1, job from unnest($2::uuid[]) job",
        id.uuid(),
        &jobs
    )
    .execute(tx.conn())
    .await?;
    let ids: Vec<_> = work.lines.iter().map(|_| tx.new_uuid()).collect();
    let (net, tax): (Vec<i64>, Vec<i64>) = work.lines.iter().map(|line| (line.net.0, line.tax.0)).unzip();
    let of: Vec<_> = work
        .lines
        .iter()
        .filter_map(|line| line.job)
        .map(JobId::uuid)
        .collect();
    let text = |pick: fn(&super::super::model::DocumentLine) -> &str| -> Vec<String> {
        work.lines.iter().map(|line| pick(line).to_owned()).collect()
    };
    sqlx::query!(
        "insert into invoice_lines (invoice_id, position, id, job_id, job_title, kind, description, part_number, quantity_milli, unit_price_minor, tax_basis_points, net_minor, tax_minor)
         select $1, row_number() over (order by at), id, job, title, kind, description, part_number, quantity, price, rate, net, tax
           from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::bigint[], $10::int[], $11::bigint[], $12::bigint[])
             with ordinality as t (id, job, title, kind, description, part_number, quantity, price, rate, net, tax, at)",
        id.uuid(), &ids, &of, &text(|l| &l.job_title), &text(|l| l.kind.name()), &text(|l| &l.description), &text(|l| &l.part_number),
        &work.lines.iter().map(|l| l.quantity.0).collect::<Vec<_>>(), &work.lines.iter().map(|l| l.unit_price.0).collect::<Vec<_>>(),
        &work.lines.iter().map(|l| l.tax_rate.0).collect::<Vec<_>>(), &net, &tax
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A new draft of the work that a voided invoice freed.
pub(super) async fn bill_again(tx: &mut TenantTx, voided: InvoiceId) -> AppResult<InvoiceId> {
    let order = Locked::lock(tx, voided).await?.order;
    draft(tx, order.ok_or(AppError::NotFound)?, "").await
}
