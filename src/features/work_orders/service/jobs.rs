//! Jobs: what the customer says yes or no to.
use super::super::form::NewJob;
use super::line_changes::LineChanges;
use super::lines::stored;
use super::order::{Order, lock_open, recalculate};
use crate::domain::order::{JobDecision, Payer, WorkState};
use crate::kernel::permission::{AssignTechnicians, EditWorkOrders};
use crate::server::prelude::*;
use sqlx::types::Json;
use std::collections::HashMap;

/// A job's row.
pub(super) struct Job {
    /// What people type of it.
    pub data: NewJob,
    pub decision: JobDecision,
    pub work_state: WorkState,
}

/// A job of this order; another order's job does not exist here.
pub(super) async fn find(tx: &mut TenantTx, order: WorkOrderId, id: JobId) -> AppResult<Job> {
    let row = sqlx::query!(
        r#"select to_jsonb(j) as "data!: Json<NewJob>", decision as "decision: JobDecision", work_state as "work_state: WorkState"
             from jobs j where id = $1 and work_order_id = $2"#,
        id.uuid(),
        order.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    Ok(Job {
        data: row.data.0,
        decision: row.decision,
        work_state: row.work_state,
    })
}

/// Adds a job at the end. `key` is the form's.
///
/// # Errors
/// `Forbidden` for a payer that the member may not choose.
pub async fn add_job(
    scope: &mut Scope<EditWorkOrders>,
    id: WorkOrderId,
    new: &NewJob,
    key: &str,
) -> AppResult<JobId> {
    let job = JobId::new(scope.new_uuid());
    if let Some(first) = idempotency::claim(scope, key, "job.add", &job.to_string()).await? {
        return first.parse().map_err(|_| AppError::NotFound);
    }
    let order = lock_open(scope, id).await?;
    may_choose(scope, new.payer)?;
    let (title, payer) = (&new.title, new.payer);
    sqlx::query!(
        "insert into jobs (id, work_order_id, position, title, payer, created_at)
         values ($1, $2, (select coalesce(max(position), 0) + 1 from jobs where work_order_id = $2), $3, $4, $5)",
        job.uuid(),
        id.uuid(),
        title,
        payer.name(),
        scope.now()
    )
    .execute(scope.conn())
    .await?;
    recalculate(scope, &order).await?;
    let summary = format!("Added the job “{title}”{}", paid_by(payer));
    let event = order
        .event("job.added", summary)
        .field("Title", None, Some(title.clone()))
        .field("Pay type", None, Some(payer.label()));
    audit::record(scope, event).await?;
    Ok(job)
}

/// Renames a job or changes who pays, as long as the customer has not decided on it.
///
/// # Errors
/// `Forbidden` for a payer that the member may not choose, `ChangedMeanwhile`, or `Refused` once it is decided.
pub async fn change_job(
    scope: &mut Scope<EditWorkOrders>,
    id: WorkOrderId,
    job: JobId,
    new: &NewJob,
    seen: &str,
) -> AppResult<()> {
    let order = lock_open(scope, id).await?;
    order.unchanged_since(seen)?;
    let old = find(scope, id, job).await?;
    undecided(&old)?;
    may_choose(scope, new.payer)?;
    let (title, payer) = (&new.title, new.payer);
    if old.work_state != WorkState::NotStarted
        && payer == Payer::Customer
        && old.data.payer != Payer::Customer
    {
        return Err(AppError::refused(
            "Work on this job started without approval, so it cannot be charged to the customer.",
        ));
    }
    sqlx::query!(
        "update jobs set title = $2, payer = $3 where id = $1",
        job.uuid(),
        title,
        payer.name()
    )
    .execute(scope.conn())
    .await?;
    recalculate(scope, &order).await?;
    let summary = format!(
        "Changed the job “{}” to “{title}”{}",
        old.data.title,
        paid_by(payer)
    );
    let event = order
        .event("job.changed", summary)
        .field("Title", old.data.title, title.clone())
        .field("Pay type", old.data.payer.label(), payer.label());
    audit::record(scope, event).await
}

/// Takes an undecided, unstarted job off with its lines.
///
/// # Errors
/// `ChangedMeanwhile`, or `Refused` once it is decided or begun.
pub async fn remove_job(
    scope: &mut Scope<EditWorkOrders>,
    id: WorkOrderId,
    job: JobId,
    seen: &str,
) -> AppResult<()> {
    let order = lock_open(scope, id).await?;
    order.unchanged_since(seen)?;
    let old = find(scope, id, job).await?;
    undecided(&old)?;
    if old.work_state != WorkState::NotStarted {
        return Err(AppError::refused(
            "Work on this job has started, so it stays on the work order.",
        ));
    }
    let lines = stored(scope, job).await?;
    sqlx::query!("delete from lines where job_id = $1", job.uuid())
        .execute(scope.conn())
        .await?;
    sqlx::query!("delete from job_technicians where job_id = $1", job.uuid())
        .execute(scope.conn())
        .await?;
    sqlx::query!("delete from jobs where id = $1", job.uuid())
        .execute(scope.conn())
        .await?;
    recalculate(scope, &order).await?;
    let event = order
        .event("job.removed", format!("Removed the job “{}”", old.data.title))
        .field("Title", Some(old.data.title), None)
        .field("Pay type", Some(old.data.payer.label()), None);
    let currency = scope.session().settings.currency;
    audit::record(
        scope,
        LineChanges::of(&lines, &HashMap::new()).tell(event, currency),
    )
    .await
}

/// After its price changed, what the customer said about a job holds no longer, and work that runs on it stops. Returns whether there
/// was something to reset.
pub(super) async fn ask_again(tx: &mut TenantTx, order: &Order, id: JobId, job: &Job) -> AppResult<bool> {
    if job.decision == JobDecision::Open {
        return Ok(false);
    }
    sqlx::query!(
        "update jobs set decision = 'open', started_at = case when work_state <> 'started' or payer <> 'customer' then started_at end,
                work_state = case when work_state <> 'started' or payer <> 'customer' then work_state else 'not_started' end
          where id = $1",
        id.uuid()
    )
    .execute(tx.conn())
    .await?;
    let summary = format!(
        "“{}” needs a new approval: its price changed after it was {}",
        job.data.title,
        job.decision.name()
    );
    let stopped = job.work_state == WorkState::Started && job.data.payer == Payer::Customer;
    let state = if stopped {
        WorkState::NotStarted
    } else {
        job.work_state
    };
    let event = order
        .event("job.reopened", summary)
        .field("Decision", job.decision.label(), JobDecision::Open.label())
        .field("Work", job.work_state.label(), state.label());
    audit::record(tx, event).await?;
    Ok(true)
}

fn undecided(job: &Job) -> AppResult<()> {
    if job.decision == JobDecision::Open {
        return Ok(());
    }
    Err(AppError::refused(format!(
        "“{}” is {}. Only an undecided job can be renamed or removed.",
        job.data.title,
        job.decision.label().to_lowercase()
    )))
}

fn may_choose(tx: &TenantTx, payer: Payer) -> AppResult<()> {
    let session = tx.session();
    if payer != Payer::Customer
        && !session.allows::<AssignTechnicians>()
        && !session.allows::<EditWorkOrders>()
    {
        return Err(AppError::Forbidden("mark work as internal or warranty".into()));
    }
    Ok(())
}

fn paid_by(payer: Payer) -> &'static str {
    match payer {
        Payer::Customer => "",
        Payer::Internal => ", internal",
        Payer::Warranty => ", warranty",
    }
}
