//! Moves through the phases: the table, the gates, the history.
use super::Move;
use super::order::{Order, lock_open};
use crate::domain::gates::{self, Facts, JobFacts};
use crate::domain::order::{JobDecision, Payer, Phase, WorkState};
use crate::kernel::error::Missing;
use crate::kernel::permission::{EditWorkOrders, MoveWorkOrders, OverridePhase};
use crate::server::orders;
use crate::server::prelude::*;

/// Moves an order along the table. Delivery has a door of its own: [`super::hand_over`].
///
/// # Errors
/// `NotReady` with everything that is missing, `ChangedMeanwhile` when it moved meanwhile, `Refused` for a move that the table
/// does not have, `Invalid` at `reason`, `Forbidden` to override or cancel without the right.
pub async fn move_to(
    scope: &mut Scope<MoveWorkOrders>,
    id: WorkOrderId,
    wish: &Move,
    key: &str,
) -> AppResult<()> {
    if idempotency::claim(scope, key, "work_order.move", &id.to_string())
        .await?
        .is_some()
    {
        return Ok(());
    }
    let order = lock_open(scope, id).await?;
    check_table(&order, wish)?;
    let reason = &wish.reason;
    if reason.is_empty() && order.phase.needs_reason(wish.to) {
        return Err(AppError::field("reason", Problem::Missing));
    }
    if wish.to == Phase::Cancelled && !scope.session().allows::<EditWorkOrders>() {
        return Err(AppError::Forbidden("cancel work orders".into()));
    }
    let missing = missing_of(scope, &order, wish.to).await?;
    let overridden = check_gates(scope, missing, wish.r#override, reason)?;
    write_move(scope, &order, wish.to, reason, &overridden).await
}

/// Moves an order because of what somebody just did, where nothing is missing for it. It is recorded as that person's move, with the reason.
pub(super) async fn auto_advance(
    tx: &mut TenantTx,
    order: &mut Order,
    to: Phase,
    why: &str,
) -> AppResult<bool> {
    let ready = order.phase.may_move(to) && missing_of(tx, order, to).await?.is_empty();
    if ready {
        write_move(tx, order, to, why, &[]).await?;
        order.phase = to;
    }
    Ok(ready)
}

/// Moves an order whose work is all finished to its check, by way of the phase of work where it stands before that.
pub(super) async fn auto_advance_to_check(tx: &mut TenantTx, order: &mut Order) -> AppResult<bool> {
    const WHY: &str = "All work is finished";
    if order.phase == Phase::InProgress {
        return auto_advance(tx, order, Phase::QualityCheck, WHY).await;
    }
    let finished = missing_of(tx, order, Phase::QualityCheck).await?.is_empty();
    Ok(finished
        && auto_advance(tx, order, Phase::InProgress, WHY).await?
        && auto_advance(tx, order, Phase::QualityCheck, WHY).await?)
}

fn check_table(order: &Order, wish: &Move) -> AppResult<()> {
    if wish.from.is_some_and(|seen| seen != order.phase) {
        return Err(Conflict::ChangedMeanwhile.into());
    }
    if !order.phase.may_move(wish.to) {
        return Err(AppError::refused(format!(
            "{} is in phase “{}” and cannot move to “{}” from there.",
            order.number,
            order.phase.label(),
            wish.to.label()
        )));
    }
    if wish.to == Phase::Delivered {
        return Err(Conflict::NotReady {
            missing: vec![Missing {
                what: "Hand it over with a name and a signature".into(),
                href: format!("/work-orders/{}#hand-over", order.id),
            }],
        }
        .into());
    }
    Ok(())
}

/// Refuses with everything missing, or gives what an override passes by.
pub(super) fn check_gates(
    tx: &TenantTx,
    missing: Vec<Missing>,
    overriding: bool,
    reason: &str,
) -> AppResult<Vec<String>> {
    if missing.is_empty() {
        return Ok(Vec::new());
    }
    if !overriding {
        return Err(Conflict::NotReady { missing }.into());
    }
    if !tx.session().allows::<OverridePhase>() {
        return Err(AppError::Forbidden(OverridePhase::ACTION.to_owned()));
    }
    if reason.is_empty() {
        return Err(AppError::field("reason", Problem::Missing));
    }
    Ok(missing.into_iter().map(|m| m.what).collect())
}

/// The move, its row in the history and in the trail.
pub(super) async fn write_move(
    tx: &mut TenantTx,
    order: &Order,
    to: Phase,
    reason: &str,
    overridden: &[String],
) -> AppResult<()> {
    let (id, member, now) = (tx.new_uuid(), tx.session().member().uuid(), tx.now());
    let reached = (to == Phase::Ready).then_some(now);
    let closed = (!to.is_open()).then_some(now);
    sqlx::query!(
        "update work_orders set phase = $2, phase_since = $3, closed_at = $4,
                finished_at = case when $2 = 'ready' then $5 when $2 = 'in_progress' then null else finished_at end
          where id = $1",
        order.id.uuid(),
        to.name(),
        now,
        closed,
        reached
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into work_order_moves (id, work_order_id, from_phase, to_phase, reason, member_id, at) values ($1, $2, $3, $4, $5, $6, $7)",
        id,
        order.id.uuid(),
        order.phase.name(),
        to.name(),
        reason,
        member,
        now
    )
    .execute(tx.conn())
    .await?;
    let mut summary = format!("Moved from {} to {}", order.phase.label(), to.label());
    if !overridden.is_empty() {
        summary = format!("{summary}, overriding: {}", overridden.join("; "));
    }
    let detail = serde_json::json!({ "reason": reason, "overridden": overridden });
    let event = order.event("work_order.moved", summary).detail(detail).field(
        "Phase",
        order.phase.label(),
        to.label(),
    );
    audit::record(tx, event).await?;
    orders::entered(tx, &order.reference(to)).await
}

async fn missing_of(tx: &mut TenantTx, order: &Order, to: Phase) -> AppResult<Vec<Missing>> {
    let jobs = sqlx::query_as!(
        JobFacts,
        r#"select j.title, j.payer as "payer: Payer", j.decision as "decision: JobDecision", j.work_state as "work_state: WorkState"
                , (select count(*) from job_technicians t where t.org_id = j.org_id and t.job_id = j.id) as "technicians!"
             from jobs j where j.work_order_id = $1 order by j.position, j.id"#,
        order.id.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let facts = Facts {
        is_vehicle: order.is_vehicle,
        require_odometer: tx.session().settings.require_odometer,
        odometer_in: order.odometer_in.is_some(),
        odometer_out: order.odometer_out.is_some(),
        jobs,
    };
    Ok(gates::missing(order.id, order.phase, to, &facts))
}
