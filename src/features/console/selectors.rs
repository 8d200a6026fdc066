//! Reads, through the functions that the console's role may call.
use super::model::{Act, Listed, Organization, Storage};
use crate::kernel::page::{Cursor, Slice};
use crate::kernel::{AppError, AppResult, OrgId, OrgState};
use crate::server::db::jobs::Lag as JobLag;
use crate::server::db::platform::PlatformTx;
use chrono::TimeDelta;
use std::collections::HashMap;
use uuid::Uuid;

const PAGE: usize = 50;
/// How long letters that were given up are counted.
const LATELY: TimeDelta = TimeDelta::days(30);

fn state(name: &str) -> OrgState {
    OrgState::parse(name).unwrap_or(OrgState::Suspended)
}

/// Workshops, newest first.
pub async fn organizations(tx: &mut PlatformTx, query: &str, from: Cursor) -> AppResult<Slice<Listed>> {
    let now = tx.now();
    let rows = sqlx::query!(
        r#"select id as "id!: OrgId", name as "name!", slug as "slug!", state as "state!", on_trial as "on_trial!", expires_at,
                  created_at as "created_at!", last_seen_at, members as "members!", orders as "orders!"
             from auth.platform_organizations($1, $2, $3, $4, $5)"#,
        query,
        now,
        from.at(),
        from.id,
        PAGE as i32 + 1
    )
    .fetch_all(tx.conn())
    .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id.uuid()).collect();
    let stored = storage(tx, &ids).await?;
    let rows = rows.into_iter().map(|row| Listed {
        id: row.id,
        storage: stored.get(&row.id.uuid()).copied(),
        name: row.name,
        slug: row.slug,
        state: state(&row.state),
        on_trial: row.on_trial,
        expires_at: row.expires_at,
        created_at: row.created_at,
        last_seen_at: row.last_seen_at,
        members: row.members,
        orders: row.orders,
    });
    Ok(Slice::from_rows(rows.collect(), PAGE, |row| {
        (row.created_at, row.id.uuid())
    }))
}

/// What workshops store, where it was measured.
async fn storage(tx: &mut PlatformTx, orgs: &[Uuid]) -> AppResult<HashMap<Uuid, Storage>> {
    let rows = sqlx::query!(
        r#"select org_id as "org_id!", bytes as "bytes!", measured_at as "measured_at!" from auth.platform_storage($1)"#,
        orgs
    )
    .fetch_all(tx.conn())
    .await?;
    let stored = rows.into_iter().map(|row| {
        let (bytes, measured_at) = (row.bytes, row.measured_at);
        (row.org_id, Storage { bytes, measured_at })
    });
    Ok(stored.collect())
}

/// One workshop.
///
/// # Errors
/// `NotFound`.
pub async fn organization(tx: &mut PlatformTx, id: OrgId) -> AppResult<Organization> {
    let now = tx.now();
    let row = sqlx::query!(
        r#"select name, slug, state, state_until, on_trial, expires_at, cancelled_at, suspended_at, suspended_reason, created_at, last_seen_at,
                  members, orders, customers, assets, invoices from auth.platform_organization($1, $2)"#,
        id.uuid(),
        now
    )
    .fetch_one(tx.conn())
    .await?;
    let stored = storage(tx, &[id.uuid()]).await?;
    let letters = sqlx::query!(
        r#"select waiting, failed from auth.platform_letters($1, $2)"#,
        id.uuid(),
        now - LATELY
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Organization {
        letters_waiting: letters.waiting.unwrap_or_default(),
        letters_failed: letters.failed.unwrap_or_default(),
        id,
        storage: stored.get(&id.uuid()).copied(),
        name: row.name.ok_or(AppError::NotFound)?,
        slug: row.slug.unwrap_or_default(),
        state: state(&row.state.unwrap_or_default()),
        state_until: row.state_until,
        on_trial: row.on_trial.unwrap_or_default(),
        expires_at: row.expires_at,
        cancelled_at: row.cancelled_at,
        suspended_at: row.suspended_at,
        suspended_reason: row.suspended_reason.unwrap_or_default(),
        created_at: row.created_at.ok_or(AppError::NotFound)?,
        last_seen_at: row.last_seen_at,
        members: row.members.unwrap_or_default(),
        orders: row.orders.unwrap_or_default(),
        customers: row.customers.unwrap_or_default(),
        assets: row.assets.unwrap_or_default(),
        invoices: row.invoices.unwrap_or_default(),
    })
}

/// How background work stands in this installation.
pub async fn job_lag(tx: &mut PlatformTx) -> AppResult<JobLag> {
    let lag = sqlx::query_as!(
        JobLag,
        r#"select waiting as "waiting!", oldest_s as "oldest_s!", given_up as "given_up!" from auth.platform_job_lag()"#
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(lag)
}

/// Activity, in one workshop or everywhere, newest first.
pub async fn history(tx: &mut PlatformTx, org: Option<OrgId>, from: Cursor) -> AppResult<Slice<Act>> {
    let rows = sqlx::query_as!(
        Act,
        r#"select id as "id!", at as "at!", who as "who!", org_id as "org?: OrgId", org_name as "org_name?", summary as "summary!"
             from auth.platform_history($1, $2, $3, $4)"#,
        org.map(OrgId::uuid) as Option<Uuid>,
        from.at(),
        from.id,
        PAGE as i32 + 1
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Slice::from_rows(rows, PAGE, |row| (row.at, row.id)))
}
