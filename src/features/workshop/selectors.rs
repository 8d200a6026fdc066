//! Reads.
use super::form::Settings;
use crate::kernel::terms::{AssetTerm, TechnicianTerm, WorkOrderTerm};
use crate::server::prelude::*;

/// The settings and their version; `held` keeps others from changing them until the transaction ends.
pub async fn read(tx: &mut TenantTx, held: bool) -> AppResult<(Settings, i32)> {
    if held {
        sqlx::query!("select org_id from organization_settings for update")
            .fetch_one(tx.conn())
            .await?;
    }
    let row = sqlx::query!(
        "select name, currency, country, language, distance_unit, payment_terms_days, require_odometer, share_customers,
                technicians_create, receptionists_take_payments, asset_term, technician_term, work_order_term, version from organization_settings"
    )
    .fetch_one(tx.conn())
    .await?;
    let settings = Settings {
        name: row.name,
        currency: Currency::stored(&row.currency).unwrap_or(tx.session().settings.currency),
        country: row.country,
        language: row.language,
        distance_unit: row.distance_unit,
        payment_terms_days: row.payment_terms_days,
        require_odometer: row.require_odometer,
        share_customers: row.share_customers,
        technicians_create: row.technicians_create,
        receptionists_take_payments: row.receptionists_take_payments,
        asset_term: row.asset_term.as_deref().and_then(AssetTerm::parse),
        technician_term: row.technician_term.as_deref().and_then(TechnicianTerm::parse),
        work_order_term: row.work_order_term.as_deref().and_then(WorkOrderTerm::parse),
    };
    Ok((settings, row.version))
}

/// Whether something was posted or paid, as far as the member sees; the database looks at all of it.
pub async fn something_posted(tx: &mut TenantTx) -> AppResult<bool> {
    let posted = sqlx::query_scalar!(
        r#"select exists (select from invoices where state = 'posted') or exists (select from payments) as "posted!""#
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(posted)
}
