//! Writes and their rules.
use super::form::{NewAsset, Reading};
use super::selectors;
use crate::domain::asset::OdometerSource;
use crate::kernel::form::Reason;
use crate::kernel::permission::EditCustomers;
use crate::kernel::text;
use crate::server::prelude::*;

/// Adds an asset to its owner, once per key.
///
/// # Errors
/// `NotFound` without such a customer, `Invalid` at `plate` when a live vehicle has it already.
pub async fn add(
    scope: &mut Scope<EditCustomers>,
    owner: CustomerId,
    new: &NewAsset,
    key: &str,
) -> AppResult<AssetId> {
    let id = AssetId::new(scope.new_uuid());
    if let Some(first) = idempotency::claim(scope, key, "asset.create", &id.to_string()).await? {
        return first.parse().map_err(|_| AppError::NotFound);
    }
    insert(scope, id, owner, new).await?;
    Ok(id)
}

/// Adds an asset to its owner, inside whatever else the caller writes.
///
/// # Errors
/// `NotFound` without such a customer, `Invalid` at `plate` when a live vehicle has it already.
pub async fn add_in(tx: &mut TenantTx, customer: CustomerId, new: &NewAsset) -> AppResult<AssetId> {
    let id = AssetId::new(tx.new_uuid());
    insert(tx, id, customer, new).await?;
    Ok(id)
}

async fn insert(tx: &mut TenantTx, id: AssetId, customer: CustomerId, new: &NewAsset) -> AppResult<()> {
    let (now, owner) = (tx.now(), selectors::owner(tx, customer).await?.name);
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
    let event = AuditEvent::new("asset.created", "asset", id.uuid(), summary).on_customer(customer);
    let mut facts = new.facts(&tx.form_context());
    // Which kind it is was nobody's choice.
    facts.retain(|(label, _)| label != "Kind");
    audit::record(tx, event.created(facts)).await
}

fn plate_taken() -> AppError {
    AppError::field(
        "plate",
        Problem::other("Another vehicle has this plate. Search for it, or archive it first."),
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
        "select odometer from assets where id = $1 for no key update",
        asset.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let reason = reason.trim();
    if let Some(last) = last.filter(|last| value < *last && reason.is_empty()) {
        let last = tx.session().locale().count(i64::from(last));
        let lower =
            format!("Lower than the last reading, {last}. Check the value, or enter why it is lower.");
        return Err(AppError::field("odometer_reason", Problem::other(lower)));
    }
    let (id, member, now, unit) = (
        tx.new_uuid(),
        tx.session().member().uuid(),
        tx.now(),
        tx.session().settings.distance_unit.clone(),
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

/// Changes an asset, if nobody else did since the form was shown.
///
/// # Errors
/// `Invalid` at `plate` when a live vehicle has it already; `ChangedMeanwhile` when the version is another one by now.
pub async fn change(
    scope: &mut Scope<EditCustomers>,
    id: AssetId,
    new: &NewAsset,
    version: i32,
) -> AppResult<()> {
    let before = selectors::get(scope, id).await?;
    let now = scope.now();
    let changed = sqlx::query!(
        "update assets set plate = $3, plate_norm = $4, vin = $5, serial = $6, make = $7, model = $8, model_year = $9, color = $10,
                engine = $11, unit_number = $12, notes = $13, updated_at = $14, version = version + 1
          where id = $1 and version = $2",
        id.uuid(), version, new.plate, text::plate_norm(&new.plate), new.vin, new.serial, new.make, new.model, new.model_year,
        new.color, new.engine, new.unit_number, new.notes, now
    )
    .execute(scope.conn())
    .await
    .on_constraint("assets_live_plate", plate_taken)?;
    if changed.rows_affected() == 0 {
        return Err(Conflict::ChangedMeanwhile.into());
    }
    let context = scope.form_context();
    let after = before.data.differences(new, &context);
    let earlier = new.differences(&before.data, &context);
    let summary = format!("Changed {}: {}", new.label(), audit::labels(&after));
    let event = AuditEvent::new("asset.changed", "asset", id.uuid(), summary).on_customer(before.owner);
    audit::record(scope, event.changed(earlier, after)).await
}

/// Writes down a reading between two visits, once per key.
///
/// # Errors
/// `Invalid` at `odometer_reason`; `Conflict` for an archived asset.
pub async fn read_odometer(
    scope: &mut Scope<EditCustomers>,
    id: AssetId,
    reading: &Reading,
    key: &str,
) -> AppResult<()> {
    let value = reading.value;
    if idempotency::claim(scope, key, "asset.odometer", &id.to_string())
        .await?
        .is_some()
    {
        return Ok(());
    }
    let asset = selectors::get(scope, id).await?;
    if asset.archived_at.is_some() {
        return Err(AppError::refused("This is archived. Restore it first."));
    }
    record_odometer(
        scope,
        id,
        value,
        OdometerSource::Manual,
        None,
        &reading.odometer_reason,
    )
    .await?;
    let unit = scope.session().settings.distance_unit.clone();
    let summary = format!(
        "Odometer of {}: {} {unit}",
        asset.data.label(),
        scope.session().locale().count(i64::from(value))
    );
    let event = AuditEvent::new("asset.odometer_read", "asset", id.uuid(), summary)
        .on_customer(asset.owner)
        .field("Odometer", asset.odometer, Some(value));
    audit::record(scope, event).await
}

/// Takes an asset out of the lists; its plate is free again. Its page and history stay.
///
/// # Errors
/// `Conflict` while a work order on it is open in any branch: the database looks.
pub async fn archive(scope: &mut Scope<EditCustomers>, id: AssetId, why: &Reason) -> AppResult<()> {
    let reason = &why.reason;
    let asset = selectors::get(scope, id).await?;
    let now = scope.now();
    let terms = scope.session().terms();
    let archived = sqlx::query!(
        "update assets set archived_at = $2, archived_reason = $3, updated_at = $2, version = version + 1
          where id = $1 and archived_at is null",
        id.uuid(),
        now,
        reason
    )
    .execute(scope.conn())
    .await
    .on_constraint("assets_with_open_order", || {
        AppError::refused(
            terms.say("It has an open work order, here or at another branch. Deliver or cancel it first."),
        )
    })?;
    if archived.rows_affected() == 0 {
        return Err(AppError::NotFound);
    }
    let summary = format!("Archived {}: {reason}", asset.data.label());
    let event = AuditEvent::new("asset.archived", "asset", id.uuid(), summary)
        .on_customer(asset.owner)
        .field("Archived", false, true);
    audit::record(scope, event).await
}

/// Puts an archived asset back into the lists.
///
/// # Errors
/// `NotFound` when there is none that is archived; `Conflict` when its plate is on another one by now.
pub async fn restore(scope: &mut Scope<EditCustomers>, id: AssetId) -> AppResult<()> {
    let asset = selectors::get(scope, id).await?;
    let now = scope.now();
    let restored = sqlx::query!(
        "update assets set archived_at = null, archived_reason = '', updated_at = $2, version = version + 1
          where id = $1 and archived_at is not null",
        id.uuid(),
        now
    )
    .execute(scope.conn())
    .await
    .on_constraint("assets_live_plate", || {
        AppError::refused("Another vehicle has this plate now. Change one of them first.")
    })?;
    if restored.rows_affected() == 0 {
        return Err(AppError::NotFound);
    }
    let summary = format!("Restored {}", asset.data.label());
    let event = AuditEvent::new("asset.restored", "asset", id.uuid(), summary)
        .on_customer(asset.owner)
        .field("Archived", true, false);
    audit::record(scope, event).await
}
