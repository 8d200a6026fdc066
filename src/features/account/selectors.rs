//! What members see of their own account.
use crate::kernel::{AppResult, SessionId};
use crate::server::auth::session::Token;
use crate::server::db::interval;
use crate::server::db::tenant::TenantTx;
use chrono::{DateTime, TimeDelta, Utc};

/// A session of the account.
#[derive(Clone, Debug)]
pub(super) struct OpenSession {
    pub id: SessionId,
    /// The one that asks.
    pub here: bool,
    /// On a shared tablet.
    pub by_pin: bool,
    pub last_seen: DateTime<Utc>,
    pub address: String,
    pub user_agent: String,
}

/// Somebody who tried to sign in as this person.
#[derive(Clone, Debug)]
pub(super) struct SignInTry {
    pub at: DateTime<Utc>,
    /// How it went, as the database says it.
    pub outcome: String,
    pub address: String,
    pub user_agent: String,
}

/// Where the account is signed in.
///
/// # Errors
/// When the database fails.
pub(super) async fn own_sessions(
    tx: &mut TenantTx,
    token: &Token,
    idle: TimeDelta,
) -> AppResult<Vec<OpenSession>> {
    let now = tx.now();
    let rows = sqlx::query!(
        r#"select id as "id!: SessionId", here as "here!", by_pin as "by_pin!", last_seen_at as "last_seen_at!", address as "address!",
             user_agent as "user_agent!" from auth.own_account($1, $2, $3)"#,
        &token.hash()[..],
        now,
        interval(idle)
    )
    .fetch_all(tx.conn())
    .await?;
    let sessions = rows.into_iter().map(|row| OpenSession {
        id: row.id,
        here: row.here,
        by_pin: row.by_pin,
        last_seen: row.last_seen_at,
        address: row.address,
        user_agent: row.user_agent,
    });
    Ok(sessions.collect())
}

/// The account's last sign-ins and tries at it.
///
/// # Errors
/// When the database fails.
pub(super) async fn own_sign_ins(tx: &mut TenantTx, token: &Token) -> AppResult<Vec<SignInTry>> {
    let rows = sqlx::query_as!(
        SignInTry,
        r#"select at as "at!", outcome as "outcome!", address as "address!", user_agent as "user_agent!" from auth.own_sign_ins($1, 20)"#,
        &token.hash()[..]
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows)
}
