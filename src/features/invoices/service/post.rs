//! Posting: from a draft to a document that never changes.
use super::super::model::Document;
use super::super::selectors;
use crate::domain::billing::{Kind, number_text};
use crate::features::payments::service::Locked;
use crate::kernel::permission::IssueInvoices;
use crate::kernel::time::fiscal_year;
use crate::server::prelude::*;
use chrono::{Days, NaiveDate};
use serde_json::json;

/// Makes a draft final and gives it the next number. Posting what is posted changes nothing.
///
/// # Errors
/// `NotReady` with everything that is missing.
pub async fn post(scope: &mut Scope<IssueInvoices>, id: InvoiceId) -> AppResult<String> {
    let locked = Locked::lock(scope, id).await?;
    if let Some(number) = locked.number {
        return Ok(number);
    }
    lock_work(scope, id).await?;
    let document = selectors::document(scope, id).await?;
    let missing = selectors::readiness(scope, &document).await?;
    if !missing.is_empty() {
        return Err(Conflict::NotReady { missing }.into());
    }
    let terms = Days::new(u64::try_from(scope.session().settings.payment_terms_days).unwrap_or_default());
    let agreed = locked.due_on;
    let due = |today: NaiveDate| {
        agreed
            .or_else(|| today.checked_add_days(terms))
            .unwrap_or(today)
            .max(today)
    };
    let number = number(scope, &locked, &document, due).await?;
    let summary = format!(
        "Posted invoice {number} of {} to {}",
        document.show(locked.total),
        document.buyer.name
    );
    let event = locked.audit_event("invoice.posted", summary);
    audit::record(scope, event.field("Number", None, Some(number.as_str()))).await?;
    Ok(number)
}

/// The work that the draft bills stays as it is until the posting is through.
async fn lock_work(tx: &mut TenantTx, id: InvoiceId) -> AppResult<()> {
    sqlx::query!(
        "select w.id from work_orders w where w.id in (select iw.work_order_id from invoice_work_orders iw where iw.invoice_id = $1)
          order by w.id for no key update",
        id.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(())
}

/// Takes the number and freezes the document with it. Everything that can be refused was asked before: from here to the commit
/// the documents of this branch queue, so that their moments and days are in the order of their numbers.
pub(super) async fn number(
    tx: &mut TenantTx,
    locked: &Locked,
    document: &Document,
    due: impl FnOnce(NaiveDate) -> NaiveDate,
) -> AppResult<String> {
    let branch = sqlx::query!(
        "select code, fiscal_year_start from branches where id = $1 for no key update",
        locked.branch.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    let (now, today) = (tx.now(), locked.today(tx)?);
    let year = fiscal_year(today, u32::try_from(branch.fiscal_year_start).unwrap_or(1));
    let (seller, buyer, covers) = (
        json!(document.seller),
        json!(document.buyer),
        json!(document.covers),
    );
    let member = tx.session().member().uuid();
    let number = next_number(tx, locked.branch, locked.kind, year).await?;
    let text = number_text(&branch.code, locked.kind, year, number);
    sqlx::query!(
        "update invoices set state = 'posted', fiscal_year = $2, number = $3, number_text = $4, issued_on = $5, due_on = $6, seller = $7, buyer = $8,
                covers = $9, posted_at = $10, posted_by = $11
          where id = $1",
        locked.id.uuid(), year, number, text, today, due(today), seller, buyer, covers, now, member
    )
    .execute(tx.conn())
    .await?;
    Ok(text)
}

async fn next_number(tx: &mut TenantTx, branch: BranchId, kind: Kind, year: i32) -> AppResult<i64> {
    let number = sqlx::query_scalar!(
        r#"select app.next_number($1, $2, $3) as "number!""#,
        branch.uuid(),
        kind.name(),
        year
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(number)
}
