//! What the bay's buttons do beyond the work order's own rules.
use crate::features::work_orders::model::Phase;
use crate::features::work_orders::service::{self, Move};
use crate::server::prelude::*;

/// Starts a job. The first one started on an approved order moves it to "in progress", where nothing is missing for that.
///
/// # Errors
/// As [`service::start_job`].
pub async fn start(tx: &mut TenantTx, order: WorkOrderId, job: JobId) -> AppResult<()> {
    service::start_job(tx, order, job).await?;
    let phase = sqlx::query_scalar!(
        r#"select phase as "phase: Phase" from work_orders where id = $1"#,
        order.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    if phase == Phase::Approved
        && service::missing_for(tx, order, Phase::InProgress)
            .await?
            .is_empty()
    {
        service::move_to(tx, order, &Move::to(Phase::InProgress)).await?;
    }
    Ok(())
}
