//! Reads.
use crate::server::prelude::*;
use chrono::{DateTime, Utc};

/// The addresses of everybody who owns the workshop.
pub async fn owners(tx: &mut TenantTx) -> AppResult<Vec<String>> {
    let rows = sqlx::query_scalar!(
        "select email from members where role = 'owner' and deactivated_at is null order by email"
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows)
}

/// When the workshop would be locked if it left now.
pub async fn locks_when_leaving(tx: &mut TenantTx) -> AppResult<DateTime<Utc>> {
    let now = tx.now();
    let at = sqlx::query_scalar!(r#"select auth.leaving($1) as "at!""#, now)
        .fetch_one(tx.conn())
        .await?;
    Ok(at)
}
