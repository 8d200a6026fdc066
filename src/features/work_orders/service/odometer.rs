//! The meter, when it comes in and when it goes out.
use super::super::model::OdometerPoint;
use super::order::lock_open;
use crate::server::prelude::*;

/// One reading on a work order.
#[derive(Clone, Debug)]
pub struct Reading {
    pub point: OdometerPoint,
    pub value: i32,
    /// Needed when the meter shows less than last time.
    pub reason: String,
}

/// Writes down what the meter shows on this order.
///
/// # Errors
/// `Invalid` at `value` or `odometer_reason`.
pub async fn record_odometer(tx: &mut TenantTx, id: WorkOrderId, reading: &Reading) -> AppResult<()> {
    let order = lock_open(tx, id).await?;
    if reading.point == OdometerPoint::Out
        && order.odometer_in.is_some_and(|came_in| reading.value < came_in)
        && reading.reason.trim().is_empty()
    {
        let lower = Problem::other("Lower than when it came in. Check it, or say why below.");
        return Err(AppError::field("value", lower));
    }
    write_reading(
        tx,
        order.asset,
        reading.value,
        reading.point,
        id,
        &reading.reason,
        "value",
    )
    .await?;
    let (value_in, value_out) = match reading.point {
        OdometerPoint::In => (Some(reading.value), order.odometer_out),
        OdometerPoint::Out => (order.odometer_in, Some(reading.value)),
    };
    sqlx::query!(
        "update work_orders set odometer_in = $2, odometer_out = $3 where id = $1",
        id.uuid(),
        value_in,
        value_out
    )
    .execute(tx.conn())
    .await?;
    let unit = tx.session().distance_unit.clone();
    let summary = format!(
        "Odometer {}: {} {unit}",
        reading.point.label().to_lowercase(),
        reading.value
    );
    audit::record(tx, order.deed("work_order.odometer_read", summary)).await
}

/// The asset's log and its newest value; a lower value needs a reason.
pub(super) async fn write_reading(
    tx: &mut TenantTx,
    asset: AssetId,
    value: i32,
    point: OdometerPoint,
    order: WorkOrderId,
    reason: &str,
    field: &str,
) -> AppResult<()> {
    let last = sqlx::query_scalar!(
        "select odometer from assets where id = $1 for update",
        asset.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    if last.is_some_and(|last| value < last) && reason.trim().is_empty() {
        let last = last.unwrap_or_default();
        let lower = Problem::other(format!(
            "Lower than the last value {last}. Check it, or say why below."
        ));
        return Err(AppError::field(field, lower));
    }
    let (id, member, now, unit) = (
        tx.new_uuid(),
        tx.session().member().uuid(),
        tx.now(),
        tx.session().distance_unit.clone(),
    );
    sqlx::query!(
        "insert into odometer_readings (id, asset_id, work_order_id, value, unit, source, reason, member_id, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        id, asset.uuid(), order.uuid(), value, unit, point.name(), reason.trim(), member, now
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "update assets set odometer = $2, odometer_at = $3, updated_at = $3 where id = $1",
        asset.uuid(),
        value,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
