//! What leaves the workshop leaves a row, which nobody alters, and stands in the trail too: exports in one piece, and printed documents.
//!
//! A print is recorded by the form behind its button, because reading a page writes nothing. The form leads back to the document with the
//! row's id, and only then the sheet prints: without a row the paper says what to press. So it holds without script and for Ctrl+P.
use super::audit::{self, AuditEvent};
use super::tenant::TenantTx;
use crate::kernel::{AppResult, CustomerId, PrintId, WorkOrderId};
use crate::query;
use chrono::TimeDelta;
use uuid::Uuid;

/// How long a recorded print may be sent to the printer again.
const PRINTS_FOR: TimeDelta = TimeDelta::hours(1);

/// Notes an export in its own transaction: `exports::record(scope, "Customers, CSV", 1204)`.
///
/// # Errors
/// When the database fails.
pub async fn record(tx: &mut TenantTx, what: &str, rows: i64) -> AppResult<()> {
    let (id, now, session, request_id) = (
        tx.new_uuid(),
        tx.now(),
        tx.session().clone(),
        tx.request_id.clone(),
    );
    sqlx::query!(
        "insert into export_events (id, at, member_id, member_name, what, row_count, request_id) values ($1, $2, $3, $4, $5, $6, $7)",
        id,
        now,
        session.member().uuid(),
        session.name,
        what,
        rows,
        &*request_id
    )
    .execute(tx.conn())
    .await?;
    let summary = match rows {
        1 => format!("Exported {what}: 1 row"),
        many => format!("Exported {what}: {many} rows"),
    };
    audit::record(tx, AuditEvent::new("data.exported", "export", id, summary)).await
}

query! {
    /// What stands in the address of a document that leads to the printer.
    pub struct Printed {
        /// A recorded print.
        print,
    }
}

/// A document with somebody's data, about to be printed.
#[derive(Debug)]
pub struct Printout<'a> {
    /// As people call it: "Invoice B1-2026-00042".
    pub what: &'a str,
    /// `invoice`, `work_order`, `customer` or `asset`, and which one.
    pub entity: &'static str,
    pub id: Uuid,
    pub order: Option<WorkOrderId>,
    pub customer: CustomerId,
}

/// Notes a print in its own transaction.
///
/// # Errors
/// When the database fails.
pub async fn record_print(tx: &mut TenantTx, printout: &Printout<'_>) -> AppResult<PrintId> {
    let (id, now, session, request_id) = (
        tx.new_uuid(),
        tx.now(),
        tx.session().clone(),
        tx.request_id.clone(),
    );
    sqlx::query!(
        "insert into export_events (id, at, member_id, member_name, what, row_count, request_id, entity, entity_id)
         values ($1, $2, $3, $4, $5, 1, $6, $7, $8)",
        id,
        now,
        session.member().uuid(),
        session.name,
        printout.what,
        &*request_id,
        printout.entity,
        printout.id
    )
    .execute(tx.conn())
    .await?;
    let event = AuditEvent::new(
        "document.printed",
        printout.entity,
        printout.id,
        format!("Printed {}", printout.what),
    );
    let event = event.on_customer(printout.customer);
    audit::record(
        tx,
        match printout.order {
            Some(order) => event.on_order(order),
            None => event,
        },
    )
    .await?;
    Ok(PrintId::new(id))
}

/// Whether this member recorded this print of this document a moment ago.
///
/// # Errors
/// When the database fails.
pub async fn may_print(tx: &mut TenantTx, print: &str, document: Uuid) -> AppResult<bool> {
    let Ok(print) = print.parse::<PrintId>() else {
        return Ok(false);
    };
    let (member, since) = (tx.session().member().uuid(), tx.now() - PRINTS_FOR);
    let recorded = sqlx::query_scalar!(
        r#"select exists (select from export_events where id = $1 and entity_id = $2 and member_id = $3 and at > $4) as "recorded!""#,
        print.uuid(),
        document,
        member,
        since
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(recorded)
}
