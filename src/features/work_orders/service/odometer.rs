//! The meter, when it comes in and when it goes out.
use super::Reading;
use super::order::lock_open;
use crate::domain::asset::OdometerSource;
use crate::domain::order::OdometerPoint;
use crate::features::assets::service as assets;
use crate::kernel::permission::MoveWorkOrders;
use crate::server::prelude::*;

/// Writes down what the meter shows on this order, once per key.
///
/// # Errors
/// `Invalid` at `odometer_reason` when it is lower than it may be.
pub async fn record_odometer(
    scope: &mut Scope<MoveWorkOrders>,
    id: WorkOrderId,
    reading: &Reading,
    key: &str,
) -> AppResult<()> {
    if idempotency::claim(scope, key, "work_order.odometer", &id.to_string())
        .await?
        .is_some()
    {
        return Ok(());
    }
    let order = lock_open(scope, id).await?;
    if reading.point == OdometerPoint::Out
        && order.odometer_in.is_some_and(|came_in| reading.value < came_in)
        && reading.odometer_reason.trim().is_empty()
    {
        let lower = Problem::other("Lower than at check-in. Check it, or enter why below.");
        return Err(AppError::field("odometer_reason", lower));
    }
    let source = match reading.point {
        OdometerPoint::In => OdometerSource::In,
        OdometerPoint::Out => OdometerSource::Out,
    };
    assets::record_odometer(
        scope,
        order.asset,
        reading.value,
        source,
        Some(id),
        &reading.odometer_reason,
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
    .execute(scope.conn())
    .await?;
    let unit = scope.session().settings.distance_unit.clone();
    let summary = format!(
        "Odometer {}: {} {unit}",
        reading.point.label().to_lowercase(),
        scope.session().locale().count(i64::from(reading.value))
    );
    let event = order
        .event("work_order.odometer_read", summary)
        .field("Odometer in", order.odometer_in, value_in)
        .field("Odometer out", order.odometer_out, value_out);
    audit::record(scope, event).await
}
