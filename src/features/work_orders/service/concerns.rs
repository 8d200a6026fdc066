//! What the customer says, and what the technician found and did about it.
use super::order::{Order, announce, lock_open};
use super::{ConcernChange, Finding, NewConcern};
use crate::kernel::permission::{EditWorkOrders, RecordWork};
use crate::server::prelude::*;

/// Adds a concern. `key` is the form's.
pub async fn add_concern(
    scope: &mut Scope<EditWorkOrders>,
    id: WorkOrderId,
    new: &NewConcern,
    key: &str,
) -> AppResult<()> {
    let concern = &new.concern;
    let new = ConcernId::new(scope.new_uuid());
    if idempotency::claim(scope, key, "concern.add", &new.to_string())
        .await?
        .is_some()
    {
        return Ok(());
    }
    let order = lock_open(scope, id).await?;
    sqlx::query!(
        "insert into concerns (id, work_order_id, position, concern)
         values ($1, $2, (select coalesce(max(position), 0) + 1 from concerns where work_order_id = $2), $3)",
        new.uuid(),
        id.uuid(),
        concern
    )
    .execute(scope.conn())
    .await?;
    let summary = format!("Added the concern “{concern}”");
    let event = order.event("concern.added", summary);
    tell(
        scope,
        &order,
        event.field("Concern", None, Some(concern.as_str())),
    )
    .await
}

/// Changes the customer's words; empty words take the concern away, unless a technician answered it.
///
/// # Errors
/// `Invalid` at `concern` for one that is answered, `ChangedMeanwhile` when it reads differently than `was`.
pub async fn change_concern(
    scope: &mut Scope<EditWorkOrders>,
    id: WorkOrderId,
    concern_id: ConcernId,
    new: &ConcernChange,
    was: &str,
) -> AppResult<()> {
    let order = lock_open(scope, id).await?;
    let old = find(scope, id, concern_id).await?;
    if same(was) != same(&old.concern) {
        return Err(Conflict::ChangedMeanwhile.into());
    }
    let concern = new.concern.clone();
    if concern.trim().is_empty() {
        return remove(scope, &order, concern_id, &old).await;
    }
    sqlx::query!(
        "update concerns set concern = $2 where id = $1",
        concern_id.uuid(),
        concern
    )
    .execute(scope.conn())
    .await?;
    let summary = format!("Changed a concern to “{concern}”");
    let event = order.event("concern.changed", summary);
    tell(scope, &order, event.field("Concern", old.concern, concern)).await
}

/// The technician's answer: cause and correction.
///
/// # Errors
/// `ChangedMeanwhile` when they read differently than was shown.
pub async fn record_finding(
    scope: &mut Scope<RecordWork>,
    id: WorkOrderId,
    concern_id: ConcernId,
    new: &Finding,
    (was_cause, was_correction): (&str, &str),
) -> AppResult<()> {
    let order = lock_open(scope, id).await?;
    let old = find(scope, id, concern_id).await?;
    if (same(was_cause), same(was_correction)) != (same(&old.cause), same(&old.correction)) {
        return Err(Conflict::ChangedMeanwhile.into());
    }
    let Finding { cause, correction } = new.clone();
    sqlx::query!(
        "update concerns set cause = $2, correction = $3 where id = $1",
        concern_id.uuid(),
        cause,
        correction
    )
    .execute(scope.conn())
    .await?;
    let summary = format!("Added findings to the concern “{}”", old.concern);
    let event = order
        .event("concern.answered", summary)
        .field("Cause", old.cause, cause)
        .field("Correction", old.correction, correction);
    tell(scope, &order, event).await
}

struct Concern {
    concern: String,
    cause: String,
    correction: String,
}

async fn find(tx: &mut TenantTx, order: WorkOrderId, id: ConcernId) -> AppResult<Concern> {
    sqlx::query_as!(
        Concern,
        "select concern, cause, correction from concerns where id = $1 and work_order_id = $2",
        id.uuid(),
        order.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)
}

async fn remove(tx: &mut TenantTx, order: &Order, id: ConcernId, old: &Concern) -> AppResult<()> {
    if !old.cause.is_empty() || !old.correction.is_empty() {
        let answered =
            Problem::other("A technician added findings to this concern, so it stays on the work order.");
        return Err(AppError::field("concern", answered));
    }
    sqlx::query!("delete from concerns where id = $1", id.uuid())
        .execute(tx.conn())
        .await?;
    let summary = format!("Removed the concern “{}”", old.concern);
    let event = order.event("concern.removed", summary);
    tell(tx, order, event.field("Concern", Some(old.concern.clone()), None)).await
}

/// Browsers send line breaks as CR LF and people leave blanks at the end.
fn same(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

async fn tell(tx: &mut TenantTx, order: &Order, event: AuditEvent) -> AppResult<()> {
    announce(tx, order.id).await?;
    audit::record(tx, event).await
}
