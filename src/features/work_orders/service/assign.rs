//! Who works on what.
use super::jobs;
use super::order::{announce, colleague, lock_open};
use crate::kernel::permission::{AssignTechnicians, RecordWork};
use crate::server::prelude::*;

/// Puts somebody who works in the branch and may record work on one job, or on every job of the order. Naming somebody twice changes nothing.
///
/// # Errors
/// `Invalid` at `member`.
pub async fn assign(
    scope: &mut Scope<AssignTechnicians>,
    id: WorkOrderId,
    job: Option<JobId>,
    member: MemberId,
) -> AppResult<()> {
    let order = lock_open(scope, id).await?;
    let name = colleague::<RecordWork>(scope, order.branch, member, "member").await?;
    let title = match job {
        Some(job) => format!("“{}”", jobs::find(scope, id, job).await?.data.title),
        None => "all jobs".to_owned(),
    };
    sqlx::query!(
        "insert into job_technicians (job_id, work_order_id, member_id)
         select j.id, j.work_order_id, $3 from jobs j where j.work_order_id = $1 and j.id = any(coalesce($2::uuid[], array(select x.id from jobs x where x.work_order_id = $1)))
         on conflict do nothing",
        id.uuid(),
        job.map(|job| vec![job.uuid()]) as Option<Vec<uuid::Uuid>>,
        member.uuid()
    )
    .execute(scope.conn())
    .await?;
    announce(scope, order.id).await?;
    let summary = format!("Assigned {name} to {title}");
    let event = order
        .event("technician.assigned", summary)
        .field("Technician", None, Some(name));
    audit::record(scope, event).await
}

/// Takes a technician off a job.
///
/// # Errors
/// `NotFound` when they are not on it.
pub async fn unassign(
    scope: &mut Scope<AssignTechnicians>,
    id: WorkOrderId,
    job: JobId,
    member: MemberId,
) -> AppResult<()> {
    let order = lock_open(scope, id).await?;
    let title = jobs::find(scope, id, job).await?.data.title;
    let name = sqlx::query_scalar!("select name from members where id = $1", member.uuid())
        .fetch_optional(scope.conn())
        .await?
        .ok_or(AppError::NotFound)?;
    let gone = sqlx::query!(
        "delete from job_technicians where job_id = $1 and member_id = $2",
        job.uuid(),
        member.uuid()
    )
    .execute(scope.conn())
    .await?;
    if gone.rows_affected() == 0 {
        return Err(AppError::NotFound);
    }
    announce(scope, order.id).await?;
    let summary = format!("Removed {name} from “{title}”");
    let event = order
        .event("technician.unassigned", summary)
        .field("Technician", Some(name), None);
    audit::record(scope, event).await
}
