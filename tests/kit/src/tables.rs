//! Rows by hand, where the form that makes them belongs to another feature's tests.
use super::Workshop;
use super::workshop::BranchOf;
use gantry::kernel::{AssetId, CustomerId, MemberId, WorkOrderId};

/// A work order just received, with one job.
pub async fn db_order(
    of: &Workshop,
    branch: &BranchOf,
    customer: CustomerId,
    asset: AssetId,
    number: i64,
) -> WorkOrderId {
    let id = of.app().state().clock.new_uuid();
    let mut db = of.db().await;
    sqlx::query(
        "insert into work_orders (id, branch_id, number, customer_id, asset_id, created_at, phase_since) values ($1, $2, $3, $4, $5, $6, $6)",
    )
    .bind(id)
    .bind(branch.id.uuid())
    .bind(number)
    .bind(customer.uuid())
    .bind(asset.uuid())
    .bind(of.app().now())
    .execute(&mut db)
    .await
    .expect("a work order");
    sqlx::query("insert into jobs (id, work_order_id, position, title, created_at) values (gen_random_uuid(), $1, 1, 'Brakes', $2)")
        .bind(id)
        .bind(of.app().now())
        .execute(&mut db)
        .await
        .expect("a job");
    WorkOrderId::new(id)
}

impl Workshop {
    /// Names the technician in the order's first job.
    pub async fn db_assign(&self, order: WorkOrderId, member: MemberId) {
        sqlx::query(
            "insert into job_technicians (job_id, work_order_id, member_id) select id, work_order_id, $2 from jobs where work_order_id = $1",
        )
        .bind(order.uuid())
        .bind(member.uuid())
        .execute(&mut self.db().await)
        .await
        .expect("an assignment");
    }
}
