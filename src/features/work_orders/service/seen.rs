//! What a technician has seen of an order.
use super::work::start_job;
use crate::kernel::permission::RecordWork;
use crate::server::prelude::*;

/// Starts a job: who starts has seen what is new on the order.
///
/// # Errors
/// As [`start_job`].
pub async fn start_seen(scope: &mut Scope<RecordWork>, order: WorkOrderId, job: JobId) -> AppResult<()> {
    start_job(scope, order, job).await?;
    note_seen(scope, order).await?;
    Ok(())
}

/// Takes the marks of what is new or changed off an order: this technician saw it.
///
/// # Errors
/// `NotFound` when they have no job on it.
pub async fn see_changes(scope: &mut Scope<RecordWork>, order: WorkOrderId) -> AppResult<()> {
    if note_seen(scope, order).await? == 0 {
        return Err(AppError::NotFound);
    }
    let event = AuditEvent::new("work_order.seen", "work_order", order.uuid(), "Saw the changes");
    audit::record(scope, event.on_order(order).field("Seen", false, true)).await
}

async fn note_seen(tx: &mut TenantTx, order: WorkOrderId) -> AppResult<u64> {
    let (me, now) = (tx.session().member().uuid(), tx.now());
    let seen = sqlx::query!(
        "update job_technicians set seen_at = $3 where work_order_id = $1 and member_id = $2",
        order.uuid(),
        me,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(seen.rows_affected())
}
