//! What leaves the workshop in one piece leaves a row, which nobody alters, and stands in the trail too.
use super::audit::{self, Deed};
use super::tenant::TenantTx;
use crate::kernel::AppResult;

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
    audit::record(tx, Deed::new("data.exported", "export", id, summary)).await
}
