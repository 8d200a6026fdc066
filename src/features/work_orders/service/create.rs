//! A new work order.
use super::order::colleague;
use crate::domain::asset::OdometerSource;
use crate::domain::order::{Phase, number_text};
use crate::features::assets::service as assets;
use crate::kernel::permission::{CreateWorkOrders, EditWorkOrders};
use crate::server::orders::{self, OrderRef};
use crate::server::prelude::*;
use chrono::{DateTime, Utc};

/// A validated work order, about to be written.
#[derive(Clone, Debug)]
pub struct NewWorkOrder {
    pub customer: CustomerId,
    pub asset: AssetId,
    /// Who of a company's drivers brought it.
    pub driver: Option<DriverId>,
    /// What the customer says, in their words.
    pub concerns: Vec<String>,
    pub promised_at: Option<DateTime<Utc>>,
    pub odometer_in: Option<i32>,
    /// Why the odometer shows less than last time, if it does.
    pub odometer_reason: String,
    pub advisor: Option<MemberId>,
    /// The customer waits in the shop.
    pub waiting: bool,
    pub urgent: bool,
    /// Where the key hangs; may be empty.
    pub key_tag: String,
}

/// Opens a work order at the working branch, in the phase "received", under an id that the caller claimed its form's key for. Its number is
/// taken late, so that nobody waits for it long.
///
/// # Errors
/// `Invalid` at `customer`, `asset`, `advisor` or `odometer_reason`.
pub async fn create(
    scope: &mut Scope<CreateWorkOrders>,
    id: WorkOrderId,
    new: &NewWorkOrder,
) -> AppResult<()> {
    let branch = scope.session().working_branch()?;
    scope.focus(branch.id);
    check_parties(scope, new).await?;
    if let Some(advisor) = new.advisor {
        colleague::<EditWorkOrders>(scope, branch.id, advisor, "advisor").await?;
    }
    let now = scope.now();
    let number = next_number(scope, branch.id).await?;
    sqlx::query!(
        "insert into work_orders (id, branch_id, number, customer_id, asset_id, waiting, promised_at, advisor_id, odometer_in, created_at, phase_since, urgent, key_tag,
                                  driver_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11, $12, $13)",
        id.uuid(), branch.id.uuid(), number, new.customer.uuid(), new.asset.uuid(), new.waiting, new.promised_at,
        new.advisor.map(MemberId::uuid), new.odometer_in, now, new.urgent, new.key_tag,
        new.driver.map(DriverId::uuid)
    )
    .execute(scope.conn())
    .await?;
    write_parts(scope, id, new).await?;
    let order = OrderRef {
        id,
        branch: branch.id,
        customer: new.customer,
        number: number_text(&branch.code, number),
        phase: Phase::Received,
    };
    let promised = new
        .promised_at
        .map(|at| scope.session().locale_at(branch.id).moment(at, &branch.time_zone));
    let summary = format!("Opened work order {}", order.number);
    let event = order
        .event("work_order.created", summary)
        .field("Number", None, Some(order.number.as_str()))
        .field("Concerns", None, Some(new.concerns.join("; ")))
        .field("Promised for", None, promised)
        .field("Odometer", None, new.odometer_in)
        .field("Waiting", false, new.waiting)
        .field("Urgent", false, new.urgent)
        .field(
            scope.session().terms().examples().place_label,
            None,
            Some(new.key_tag.clone()).filter(|tag| !tag.is_empty()),
        );
    audit::record(scope, event).await?;
    orders::entered(scope, &order).await
}

/// The branch's next number; the row stays locked until the transaction ends, and a rollback gives the number back.
async fn next_number(tx: &mut TenantTx, branch: BranchId) -> AppResult<i64> {
    let number = sqlx::query_scalar!(
        r#"select app.next_number($1, 'work_order', 0) as "number!""#,
        branch.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(number)
}

/// Concerns, the first row of the phase history and the meter.
async fn write_parts(tx: &mut TenantTx, id: WorkOrderId, new: &NewWorkOrder) -> AppResult<()> {
    let (member, now) = (tx.session().member().uuid(), tx.now());
    let ids: Vec<_> = new.concerns.iter().map(|_| tx.new_uuid()).collect();
    sqlx::query!(
        "insert into concerns (id, work_order_id, position, concern)
         select c.id, $1, c.position, c.concern from unnest($2::uuid[], $3::text[]) with ordinality as c(id, concern, position)",
        id.uuid(), &ids, &new.concerns
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into work_order_moves (id, work_order_id, to_phase, member_id, at) values ($1, $2, $3, $4, $5)",
        tx.new_uuid(),
        id.uuid(),
        Phase::Received.name(),
        member,
        now
    )
    .execute(tx.conn())
    .await?;
    if let Some(value) = new.odometer_in {
        let reason = &new.odometer_reason;
        assets::record_odometer(tx, new.asset, value, OdometerSource::In, Some(id), reason).await?;
    }
    if tx.session().sees_assigned_only() {
        write_own_job(tx, id).await?;
    }
    Ok(())
}

/// Technicians see only what names them: who opens an order gets its diagnosis, or they would never see it again.
async fn write_own_job(tx: &mut TenantTx, id: WorkOrderId) -> AppResult<()> {
    let (job, member, now) = (tx.new_uuid(), tx.session().member().uuid(), tx.now());
    sqlx::query!(
        "insert into jobs (id, work_order_id, position, title, payer, created_at) values ($1, $2, 1, 'Diagnosis', 'customer', $3)",
        job,
        id.uuid(),
        now
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into job_technicians (job_id, work_order_id, member_id) values ($1, $2, $3)",
        job,
        id.uuid(),
        member
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The customer and what they bring exist, are not archived and belong together. Both rows stay locked, so that nobody archives them meanwhile.
async fn check_parties(tx: &mut TenantTx, new: &NewWorkOrder) -> AppResult<()> {
    let asset = sqlx::query!(
        r#"select a.customer_id as "customer: CustomerId", a.archived_at is not null as "archived!"
             , c.archived_at is not null as "customer_archived!"
             from assets a join customers c on (c.org_id, c.id) = (a.org_id, a.customer_id)
            where a.id = $1 for no key update of c, a"#,
        new.asset.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or_else(|| AppError::field("asset", Problem::Missing))?;
    if asset.customer != new.customer {
        return Err(AppError::field(
            "asset",
            Problem::other("This belongs to another customer."),
        ));
    }
    if asset.archived || asset.customer_archived {
        return Err(AppError::field(
            "asset",
            Problem::other("This is archived. Restore it first."),
        ));
    }
    Ok(())
}
