//! What a customer was shown when they decided.
use crate::domain::order::{DecisionMethod, JobDecision, number_text};
use crate::features::work_orders::view::Shown;
use crate::server::prelude::*;
use sqlx::types::Json;

/// One decision with the version that was shown. The order's row is joined because it says who may see it.
///
/// # Errors
/// `NotFound`.
pub async fn shown(tx: &mut TenantTx, order: WorkOrderId, id: AuthorizationId) -> AppResult<Shown> {
    let row = sqlx::query!(
        r#"select w.number, w.branch_id as "branch: BranchId", b.code, b.time_zone, z.decision as "decision: JobDecision", z.method as "method: DecisionMethod", z.contact_name, z.note
                , z.amount_minor, z.at, z.shown as "shown: Json<serde_json::Value>", p.name
             from authorizations z
             join work_orders w on (w.org_id, w.id) = (z.org_id, z.work_order_id)
             join branches b on (b.org_id, b.id) = (w.org_id, w.branch_id)
             join members p on (p.org_id, p.id) = (z.org_id, z.member_id)
            where z.id = $1 and w.id = $2"#,
        id.uuid(),
        order.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    tx.focus(row.branch);
    Ok(Shown {
        number: number_text(&row.code, row.number),
        zone: row.time_zone.parse().unwrap_or(chrono_tz::UTC),
        decision: row.decision,
        method: row.method,
        contact_name: row.contact_name,
        note: row.note,
        amount: Money(row.amount_minor),
        at: row.at,
        by: row.name,
        version: serde_json::from_value(row.shown.0).ok(),
    })
}
