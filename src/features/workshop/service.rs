//! The rules of the workshop's settings.
use super::form::Settings;
use super::selectors;
use crate::kernel::permission::ManageWorkshop;
use crate::kernel::terms::{AssetTerm, TechnicianTerm, WorkOrderTerm};
use crate::server::prelude::*;
use crate::server::slug;

/// Changes the settings, if nobody else did since the form was shown. Documents that exist stay as they are.
///
/// # Errors
/// `Invalid` at a field, `ChangedMeanwhile`; refused when the currency stands, or when a plate is in two branches that now share.
pub async fn change(scope: &mut Scope<ManageWorkshop>, settings: &Settings, version: i32) -> AppResult<()> {
    let (before, current) = selectors::read(scope, true).await?;
    if version != current {
        return Err(Conflict::ChangedMeanwhile.into());
    }
    let kind = scope.session().terms().kind;
    if settings
        .asset_term
        .is_some_and(|term| !AssetTerm::of(kind).contains(&term))
    {
        return Err(AppError::field("asset_term", Problem::Missing));
    }
    if settings.currency != before.currency && selectors::something_posted(scope).await? {
        let stands = Problem::other("This currency is used on invoices or payments, so it cannot change.");
        return Err(AppError::field("currency", stands));
    }
    sqlx::query!(
        "update organization_settings set name = $1, currency = $2, distance_unit = $3, payment_terms_days = $4, require_odometer = $5,
                share_customers = $6, technicians_create = $7, receptionists_take_payments = $8,
                country = $9, asset_term = $10, technician_term = $11, work_order_term = $12, language = $13, version = version + 1",
        settings.name,
        settings.currency.code(),
        settings.distance_unit,
        settings.payment_terms_days,
        settings.require_odometer,
        settings.share_customers,
        settings.technicians_create,
        settings.receptionists_take_payments,
        settings.country,
        settings.asset_term.map(AssetTerm::name),
        settings.technician_term.map(TechnicianTerm::name),
        settings.work_order_term.map(WorkOrderTerm::name),
        settings.language
    )
    .execute(scope.conn())
    .await
    .on_constraint("assets_live_plate", || {
        let twice = "Two branches have a vehicle with the same plate. Archive one of them before customers are shared.";
        AppError::field("share_customers", Problem::other(twice))
    })?;
    let context = scope.form_context();
    let after = before.differences(settings, &context);
    let earlier = settings.differences(&before, &context);
    let what = audit::labels(&after);
    let event = AuditEvent::new(
        "workshop.changed",
        "organization",
        scope.org().uuid(),
        format!("Changed the workshop's settings: {what}"),
    );
    audit::record(scope, event.changed(earlier, after)).await
}

/// Gives the workshop another address; the old one leads there and stays the workshop's. Without a domain it only names the workshop.
///
/// # Errors
/// `Invalid` at `slug`.
pub async fn move_workshop(scope: &mut Scope<ManageWorkshop>, typed: &str) -> AppResult<()> {
    let slug = slug::acceptable(typed).map_err(|problem| AppError::field("slug", problem))?;
    let (before, now) = (scope.session().org_slug.clone(), scope.now());
    if slug == before {
        return Ok(());
    }
    let moved = sqlx::query_scalar!("select auth.move_workshop($1, $2)", slug, now)
        .fetch_one(scope.conn())
        .await?;
    if moved != Some(true) {
        let taken = "Another workshop has this address, or a similar one.";
        return Err(AppError::field("slug", Problem::other(taken)));
    }
    let summary = format!("Changed the workshop's address from {before} to {slug}");
    let event = AuditEvent::new("workshop.moved", "organization", scope.org().uuid(), summary);
    audit::record(scope, event.field("Address", before, slug)).await
}

/// Keeps for which roles a second factor is the rule.
pub(crate) async fn require_second_factor(tx: &mut TenantTx, roles: &[String]) -> AppResult<()> {
    sqlx::query!("update organization_settings set second_factor_roles = $1", roles)
        .execute(tx.conn())
        .await?;
    Ok(())
}
