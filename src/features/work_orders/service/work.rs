//! Starting and finishing a job's work.
use super::jobs::{self, Job};
use super::moves::{auto_advance, auto_advance_to_check};
use super::order::{Order, announce, lock_open};
use crate::domain::gates::decision_due;
use crate::domain::order::{Phase, WorkState, authorized};
use crate::kernel::error::Missing;
use crate::kernel::permission::{AssignTechnicians, RecordWork};
use crate::server::prelude::*;

/// Starts a job. It has to be approved, or paid by the workshop or a warranty; technicians start their own jobs.
/// The first one started takes an approved order to the phase of work, where nothing is missing for that; one taken up again takes
/// an order back to it from its check.
///
/// # Errors
/// `NotReady` without approval, `Refused` when it runs already, `NotFound` for a colleague's job.
pub async fn start_job(scope: &mut Scope<RecordWork>, id: WorkOrderId, job_id: JobId) -> AppResult<()> {
    let (mut order, job) = own_job(scope, id, job_id).await?;
    if job.work_state == WorkState::Started {
        return Err(AppError::refused(format!(
            "“{}” is already in progress.",
            job.data.title
        )));
    }
    if !authorized(job.data.payer, job.decision) {
        return Err(Conflict::NotReady {
            missing: vec![Missing {
                what: format!("{}: it is not approved", decision_due(&job.data.title)),
                href: format!("/work-orders/{id}#decisions"),
            }],
        }
        .into());
    }
    sqlx::query!(
        "update jobs set work_state = 'started', started_at = coalesce(started_at, $2), finished_at = null where id = $1",
        job_id.uuid(),
        scope.now()
    )
    .execute(scope.conn())
    .await?;
    let event = order
        .event("job.started", format!("Started “{}”", job.data.title))
        .field("Work", job.work_state.label(), WorkState::Started.label());
    audit::record(scope, event).await?;
    let why = match order.phase {
        Phase::Approved => String::new(),
        Phase::QualityCheck => format!("Reopened “{}”", job.data.title),
        _ => return announce(scope, order.id).await,
    };
    if !auto_advance(scope, &mut order, Phase::InProgress, &why).await? {
        announce(scope, order.id).await?;
    }
    Ok(())
}

/// Finishes a started job. With the last one, and nothing undecided, the order goes to its check by itself: returns whether.
///
/// # Errors
/// `Refused` when it was not started, `NotFound` for a colleague's job.
pub async fn finish_job(scope: &mut Scope<RecordWork>, id: WorkOrderId, job_id: JobId) -> AppResult<bool> {
    let (mut order, job) = own_job(scope, id, job_id).await?;
    if job.work_state != WorkState::Started {
        let state = job.work_state.label().to_lowercase();
        return Err(AppError::refused(format!(
            "“{}” is {state}; only started work can be finished.",
            job.data.title
        )));
    }
    sqlx::query!(
        "update jobs set work_state = 'finished', finished_at = $2 where id = $1",
        job_id.uuid(),
        scope.now()
    )
    .execute(scope.conn())
    .await?;
    let event = order
        .event("job.finished", format!("Finished “{}”", job.data.title))
        .field("Work", job.work_state.label(), WorkState::Finished.label());
    audit::record(scope, event).await?;
    let works = matches!(
        order.phase,
        Phase::InProgress | Phase::WaitingForParts | Phase::Approved
    );
    let checked = works && auto_advance_to_check(scope, &mut order).await?;
    if !checked {
        announce(scope, order.id).await?;
    }
    Ok(checked)
}

/// Takes a job that nobody has. What is free is the database's rule (`app.job_pool`): a technician sees the order only once it is theirs.
///
/// # Errors
/// `NotFound` for orders of others and of other branches, `Refused` when somebody was quicker.
pub async fn take_job(scope: &mut Scope<RecordWork>, id: WorkOrderId, job_id: JobId) -> AppResult<()> {
    let (session, now) = (scope.session().clone(), scope.now());
    let branches: Vec<_> = session.branches().iter().map(|branch| branch.id.uuid()).collect();
    let taken = sqlx::query_scalar!(
        "select app.take_job($1, $2, $3, $4, $5)",
        id.uuid(),
        job_id.uuid(),
        session.member().uuid(),
        &branches,
        now
    )
    .fetch_one(scope.conn())
    .await?;
    match taken {
        None => return Err(AppError::NotFound),
        Some(false) => {
            // Without the right to see the order the answer is that of an unknown one.
            lock_open(scope, id).await?;
            return Err(AppError::refused("Someone else already has this job."));
        }
        Some(true) => {}
    }
    let order = lock_open(scope, id).await?;
    let title = jobs::find(scope, id, job_id).await?.data.title;
    announce(scope, order.id).await?;
    let summary = format!("{} took “{title}”", session.name);
    let event =
        order
            .event("technician.assigned", summary)
            .field("Technician", None, Some(session.name.clone()));
    audit::record(scope, event).await
}

/// A job that this member may work on: their own, or any for those who assign technicians.
async fn own_job(tx: &mut TenantTx, id: WorkOrderId, job_id: JobId) -> AppResult<(Order, Job)> {
    let order = lock_open(tx, id).await?;
    let job = jobs::find(tx, id, job_id).await?;
    let member = tx.session().member();
    let mine = sqlx::query_scalar!(
        r#"select exists (select from job_technicians where job_id = $1 and member_id = $2) as "mine!""#,
        job_id.uuid(),
        member.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    if !mine && !tx.session().allows::<AssignTechnicians>() {
        return Err(AppError::NotFound);
    }
    if order.phase == Phase::Ready {
        return Err(AppError::refused(
            "This work order is ready. Move it back to “In progress” to continue work.",
        ));
    }
    Ok((order, job))
}
