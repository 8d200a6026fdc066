//! Voiding: a credit note over everything, with a number of its own series. The invoice stays as it is and keeps its number.
use super::super::form::Voiding;
use super::super::model::Document;
use super::super::selectors;
use super::draft::bill_again;
use super::post::number;
use crate::domain::billing::Kind;
use crate::features::payments::service::{Locked, free, lock_money_of};
use crate::kernel::permission::{IssueInvoices, VoidInvoices};
use crate::server::prelude::*;

/// What voiding made.
#[derive(Clone, Copy, Debug)]
pub struct Voided {
    pub credit: InvoiceId,
    /// The new draft of the same work, where one was asked for.
    pub draft: Option<InvoiceId>,
}

/// Voids a posted invoice: makes and posts its credit note, frees its work to be invoiced again, and turns what was paid into
/// the customer's credit. Voiding what is void leads to the credit note that did it.
///
/// # Errors
/// `Refused` for what is no posted invoice, `Forbidden` when it shall be billed again by somebody who may not.
pub async fn void(scope: &mut Scope<VoidInvoices>, id: InvoiceId, why: &Voiding) -> AppResult<Voided> {
    // The new draft is issuing, which is another right.
    if why.again && !scope.allows::<IssueInvoices>() {
        return Err(AppError::Forbidden(IssueInvoices::ACTION.to_owned()));
    }
    let credit = credit_for(scope, id, &why.reason).await?;
    let draft = if why.again {
        Some(bill_again(scope, id).await?)
    } else {
        None
    };
    Ok(Voided { credit, draft })
}

/// The credit note over an invoice, made unless it is there.
async fn credit_for(tx: &mut TenantTx, id: InvoiceId, reason: &str) -> AppResult<InvoiceId> {
    let customer = sqlx::query_scalar!(
        r#"select customer_id as "customer: CustomerId" from invoices where id = $1"#,
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    lock_money_of(tx, customer).await?;
    let locked = Locked::lock(tx, id).await?;
    match locked.kind {
        Kind::CreditNote => {
            return Err(AppError::refused(
                "A credit note cannot be voided. Create a new invoice instead.",
            ));
        }
        Kind::Invoice if !locked.posted => {
            return Err(AppError::refused("A draft is discarded, not voided."));
        }
        Kind::Invoice => {}
    }
    let document = selectors::document(tx, id).await?;
    if let Some(credit) = &document.voided_by {
        return Ok(credit.id);
    }
    let freed = free(tx, id).await?;
    let credit = credit_note(tx, &locked, &document, reason).await?;
    let kept = if freed.is_zero() {
        String::new()
    } else {
        format!(" {} stay as the customer's credit.", document.show(freed))
    };
    let (credit, number) = credit;
    let summary = format!(
        "Voided {} with credit note {number}: {reason}.{kept}",
        locked.name()
    );
    let event =
        locked
            .audit_event("invoice.voided", summary)
            .field("Credit note", None, Some(number.as_str()));
    audit::record(tx, event).await?;
    let summary = format!("Posted credit note {number} of {}", document.show(document.total));
    let event = Locked { id: credit, ..locked }
        .audit_event("invoice.posted", summary)
        .field("Number", None, Some(number));
    audit::record(tx, event).await?;
    Ok(credit)
}

async fn credit_note(
    tx: &mut TenantTx,
    voided: &Locked,
    document: &Document,
    reason: &str,
) -> AppResult<(InvoiceId, String)> {
    let (id, now) = (InvoiceId::new(tx.new_uuid()), tx.now());
    sqlx::query!(
        "insert into invoices (id, branch_id, kind, customer_id, corrects_id, reason, currency, subject, net_minor, tax_minor, total_minor, created_at)
         select $1, branch_id, 'credit_note', customer_id, id, $3, currency, subject, net_minor, tax_minor, total_minor, $4 from invoices where id = $2",
        id.uuid(), voided.id.uuid(), reason, now
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into invoice_work_orders (invoice_id, work_order_id) select $1, work_order_id from invoice_work_orders where invoice_id = $2",
        id.uuid(), voided.id.uuid()
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into invoice_lines (id, invoice_id, position, job_id, job_title, kind, description, part_number, quantity_milli, unit_price_minor, tax_basis_points, net_minor, tax_minor)
         select gen_random_uuid(), $1, position, job_id, job_title, kind, description, part_number, quantity_milli, unit_price_minor, tax_basis_points, net_minor, tax_minor
           from invoice_lines where invoice_id = $2",
        id.uuid(), voided.id.uuid()
    )
    .execute(tx.conn())
    .await?;
    let credit = Locked::lock(tx, id).await?;
    let text = number(tx, &credit, document, |today| today).await?;
    Ok((id, text))
}
