//! Reads.
use super::model::AssetRef;
use crate::server::prelude::*;

/// The live vehicle with this plate, whatever its spelling ([`text::plate_norm`]).
///
/// # Errors
/// The database's.
pub async fn by_plate(tx: &mut TenantTx, plate_norm: &str) -> AppResult<Option<AssetRef>> {
    let found = sqlx::query_as!(
        AssetRef,
        r#"select id as "id: AssetId", customer_id as "customer: CustomerId", kind, plate, serial, vin, make, model, odometer
             from assets where plate_norm = $1 and archived_at is null"#,
        plate_norm
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(found.filter(|_| !plate_norm.is_empty()))
}

/// A customer's live assets, newest first: to choose one at check-in.
///
/// # Errors
/// The database's.
pub async fn of_customer(tx: &mut TenantTx, customer: CustomerId) -> AppResult<Vec<AssetRef>> {
    Ok(sqlx::query_as!(
        AssetRef,
        r#"select id as "id: AssetId", customer_id as "customer: CustomerId", kind, plate, serial, vin, make, model, odometer
             from assets where customer_id = $1 and archived_at is null order by created_at desc, id desc limit 200"#,
        customer.uuid()
    )
    .fetch_all(tx.conn())
    .await?)
}
