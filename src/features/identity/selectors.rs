//! What members see of their own account.
use crate::kernel::AppResult;
use crate::server::auth::session::Token;
use crate::server::db::identity::interval;
use crate::server::db::tenant::TenantTx;
use chrono::{DateTime, TimeDelta, Utc};

/// A session of the account.
#[derive(Clone, Debug)]
pub struct OpenSession {
    /// The one that asks.
    pub here: bool,
    pub last_seen: DateTime<Utc>,
    pub address: String,
    pub user_agent: String,
}

/// The address to sign in with, and where the account is signed in.
///
/// # Errors
/// When the database fails.
pub async fn own_account(
    tx: &mut TenantTx,
    token: &Token,
    idle: TimeDelta,
) -> AppResult<(String, Vec<OpenSession>)> {
    let now = tx.now();
    let rows = sqlx::query!(
        r#"select email as "email!", here as "here!", last_seen_at as "last_seen_at!", address as "address!",
             user_agent as "user_agent!" from auth.own_account($1, $2, $3)"#,
        &token.hash()[..],
        now,
        interval(idle)
    )
    .fetch_all(tx.conn())
    .await?;
    let email = rows.first().map(|row| row.email.clone()).unwrap_or_default();
    let sessions = rows.into_iter().map(|row| OpenSession {
        here: row.here,
        last_seen: row.last_seen_at,
        address: row.address,
        user_agent: row.user_agent,
    });
    Ok((email, sessions.collect()))
}
