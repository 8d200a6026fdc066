//! Writes and their rules.
use super::model::{NewAsset, OdometerSource};
use crate::kernel::text;
use crate::server::prelude::*;

/// Adds an asset to its owner, inside whatever else the caller writes.
///
/// # Errors
/// `NotFound` without such a customer, `Invalid` at `plate` when a live vehicle has it already.
pub async fn add_in(tx: &mut TenantTx, customer: CustomerId, new: &NewAsset) -> AppResult<AssetId> {
    let (id, now) = (AssetId::new(tx.new_uuid()), tx.now());
    let owner = sqlx::query_scalar!(
        "select name from customers where id = $1 and archived_at is null",
        customer.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    sqlx::query!(
        "insert into assets (id, customer_id, kind, plate, plate_norm, vin, serial, make, model, model_year, color, engine, unit_number, notes, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)",
        id.uuid(), customer.uuid(), new.kind.name(), new.plate, text::plate_norm(&new.plate), new.vin, new.serial, new.make,
        new.model, new.model_year, new.color, new.engine, new.unit_number, new.notes, now
    )
    .execute(tx.conn())
    .await
    .on_constraint("assets_live_plate", plate_taken)?;
    let summary = format!("Added {} to {owner}", new.label());
    audit::record(
        tx,
        Deed::new("asset.created", "asset", id.uuid(), summary).on_customer(customer),
    )
    .await?;
    Ok(id)
}

pub(super) fn plate_taken() -> AppError {
    AppError::field(
        "plate",
        Problem::other("Another vehicle here has this plate. Search for it, or archive it first."),
    )
}

/// Writes down what an asset's meter shows: a row of the log, and the asset's newest value.
///
/// # Errors
/// `NotFound` without such an asset; `Invalid` at `odometer_reason` when the value is lower than the last and no reason is given.
pub async fn record_odometer(
    tx: &mut TenantTx,
    asset: AssetId,
    value: i32,
    source: OdometerSource,
    work_order: Option<WorkOrderId>,
    reason: &str,
) -> AppResult<()> {
    let last = sqlx::query_scalar!(
        "select odometer from assets where id = $1 for update",
        asset.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let reason =
        text::optional(reason, 300).map_err(|problem| AppError::field("odometer_reason", problem))?;
    if let Some(last) = last.filter(|last| value < *last && reason.is_empty()) {
        let lower = format!("Lower than the last reading, {last}. Check the value, or say why it is lower.");
        return Err(AppError::field("odometer_reason", Problem::other(lower)));
    }
    let (id, member, now, unit) = (
        tx.new_uuid(),
        tx.session().member().uuid(),
        tx.now(),
        tx.session().distance_unit.clone(),
    );
    sqlx::query!(
        "with reading as (
           insert into odometer_readings (id, asset_id, work_order_id, value, unit, source, reason, member_id, at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9))
         update assets set odometer = $4, odometer_at = $9, updated_at = $9 where id = $2",
        id, asset.uuid(), work_order.map(WorkOrderId::uuid), value, unit, source.name(), reason, member, now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
