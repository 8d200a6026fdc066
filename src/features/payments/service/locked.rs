//! A document's row, locked until the transaction ends: posting, voiding and paying happen one after the other.
use crate::domain::billing::Kind;
use crate::server::prelude::*;
use chrono::NaiveDate;

/// What writes need to know of a document.
pub(crate) struct Locked {
    pub id: InvoiceId,
    pub kind: Kind,
    pub posted: bool,
    pub number: Option<String>,
    pub branch: BranchId,
    pub customer: CustomerId,
    /// The first work order on it, for the trail.
    pub order: Option<WorkOrderId>,
    pub currency: Currency,
    pub due_on: Option<NaiveDate>,
    pub total: Money,
    pub subject: String,
}

impl Locked {
    /// Documents of others and of other branches do not exist.
    ///
    /// # Errors
    /// `NotFound`, or the database's.
    pub(crate) async fn lock(tx: &mut TenantTx, id: InvoiceId) -> AppResult<Self> {
        let row = sqlx::query!(
            r#"
            select kind as "kind: Kind", state = 'posted' as "posted!", number_text, branch_id as "branch: BranchId", customer_id as "customer: CustomerId"
                 , currency, due_on, total_minor, subject
                 , (select min(iw.work_order_id::text)::uuid from invoice_work_orders iw
                     where (iw.org_id, iw.invoice_id) = (invoices.org_id, invoices.id)) as "order: WorkOrderId"
              from invoices
             where id = $1
               for no key update"#,
            id.uuid()
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or(AppError::NotFound)?;
        tx.focus(row.branch);
        Ok(Self {
            id,
            kind: row.kind,
            posted: row.posted,
            number: row.number_text,
            branch: row.branch,
            customer: row.customer,
            order: row.order,
            currency: Currency::stored(&row.currency).unwrap_or(tx.session().settings.currency),
            due_on: row.due_on,
            total: Money(row.total_minor),
            subject: row.subject,
        })
    }

    /// As [`Self::lock`], and refuses what is posted.
    ///
    /// # Errors
    /// `Refused` for a posted document.
    pub(crate) async fn lock_draft(tx: &mut TenantTx, id: InvoiceId) -> AppResult<Self> {
        let locked = Self::lock(tx, id).await?;
        if locked.posted {
            Err(AppError::refused(
                "A posted document cannot be changed. Void it and create a new one.",
            ))
        } else {
            Ok(locked)
        }
    }

    /// `invoice B1-2026-00042` or `the draft`.
    pub(crate) fn name(&self) -> String {
        match &self.number {
            Some(number) => format!("{} {number}", self.kind.label().to_lowercase()),
            None => "the draft".to_owned(),
        }
    }

    /// Today where the document was made.
    ///
    /// # Errors
    /// `NotFound` when the branch is not the member's.
    pub(crate) fn today(&self, tx: &TenantTx) -> AppResult<NaiveDate> {
        let zone = tx.session().branch(self.branch)?.time_zone;
        Ok(tx.now().with_timezone(&zone).date_naive())
    }

    pub(crate) fn audit_event(&self, action: &'static str, summary: impl Into<String>) -> AuditEvent {
        let event = AuditEvent::new(action, "invoice", self.id.uuid(), summary).on_customer(self.customer);
        match self.order {
            Some(order) => event.on_order(order),
            None => event,
        }
    }
}

/// Locks a customer's money: credit is applied, freed and taken back one at a time. Taken before any document's lock.
pub(crate) async fn lock_money_of(tx: &mut TenantTx, customer: CustomerId) -> AppResult<()> {
    sqlx::query!(
        "select id from customers where id = $1 for no key update",
        customer.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(())
}
