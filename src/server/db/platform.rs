//! The way of our own people: a transaction that sees no workshop's rows, and the doors to it.
use super::{Db, slow_down};
use crate::kernel::{AppError, AppResult};
use crate::server::clock::SharedClock;
use crate::server::secrets::digest;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Postgres, Row, pool::PoolConnection};
use std::sync::Arc;
use uuid::Uuid;

/// One of us.
#[derive(Clone, Debug, Deserialize)]
pub struct Admin {
    pub id: Uuid,
    pub name: String,
    pub email: String,
}

/// As the role `gantry_platform`, which may call a handful of functions and reads no table.
pub struct PlatformTx {
    conn: PoolConnection<Postgres>,
    admin: Arc<Admin>,
    clock: SharedClock,
    pub(crate) request_id: Arc<str>,
}

impl PlatformTx {
    /// # Errors
    /// [`AppError::SignedOut`] when the session is not valid (any more).
    pub(crate) async fn begin(
        db: &Db,
        token_hash: &[u8; 32],
        clock: SharedClock,
        request_id: Arc<str>,
    ) -> AppResult<Self> {
        let mut conn = db.acquire().await?;
        // Only a hash in hexadecimal and a timestamp of ours stand in this text.
        let batch = format!(
            "BEGIN; SELECT auth.enter_platform('\\x{}', '{}')::text; SELECT set_config('role', 'gantry_platform', true)",
            hex::encode(token_hash),
            clock.now().to_rfc3339()
        );
        let row = conn.fetch_one(sqlx::raw_sql(AssertSqlSafe(batch))).await?;
        let text: Option<String> = row.try_get(0)?;
        let json = text.ok_or(AppError::SignedOut)?;
        let admin = serde_json::from_str(&json).map_err(|error| super::constraint::incident(&error))?;
        Ok(Self {
            conn,
            admin: Arc::new(admin),
            clock,
            request_id,
        })
    }

    pub fn admin(&self) -> &Arc<Admin> {
        &self.admin
    }
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }
    pub fn new_uuid(&self) -> Uuid {
        self.clock.new_uuid()
    }
    /// For selectors and services only (a law test looks).
    pub(crate) fn conn(&mut self) -> &mut PgConnection {
        &mut self.conn
    }
    /// # Errors
    /// When the database is gone: then nothing was written, or we do not know.
    pub async fn commit(mut self) -> AppResult<()> {
        self.conn.execute("COMMIT").await?;
        Ok(())
    }
}

/// A guess that may be verified.
#[derive(Debug)]
pub struct Reserved {
    pub attempt: i64,
    /// Whose it may be, with the hash of the password.
    pub admin: Option<(Uuid, String)>,
}

/// Takes the place of one guess at a password of ours.
///
/// # Errors
/// [`AppError::SlowDown`] when there is none now.
pub async fn begin_sign_in(
    db: &Db,
    email_norm: &str,
    address: &str,
    at: DateTime<Utc>,
) -> AppResult<Reserved> {
    let mut conn = db.acquire().await?;
    // A member's account of the same address is another account.
    let hash = digest(&format!("platform {email_norm}"));
    let row = sqlx::query!(
        r#"select attempt, retry_after_s as "retry_after_s!", admin_id, password_hash from auth.begin_platform_sign_in($1, $2, $3, $4)"#,
        email_norm,
        &hash[..],
        address,
        at
    )
    .fetch_one(&mut *conn)
    .await?;
    Ok(Reserved {
        attempt: row.attempt.ok_or_else(|| slow_down(row.retry_after_s))?,
        admin: row.admin_id.zip(row.password_hash),
    })
}

/// The session that a sign-in opens.
#[derive(Debug)]
pub struct SignInSession<'a> {
    pub token_hash: [u8; 32],
    pub former_hash: Option<[u8; 32]>,
    pub at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub address: &'a str,
    pub user_agent: &'a str,
    pub event: Uuid,
    pub request_id: &'a str,
}

/// Ends a guess: without `admin` it was wrong.
///
/// # Errors
/// When the database fails.
pub async fn finish_sign_in(
    db: &Db,
    attempt: i64,
    admin: Option<Uuid>,
    opening: &SignInSession<'_>,
) -> AppResult<()> {
    let mut conn = db.acquire().await?;
    sqlx::query!(
        "select auth.finish_platform_sign_in($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        attempt,
        &opening.token_hash[..],
        opening.former_hash.as_ref().map(|hash| &hash[..]) as Option<&[u8]>,
        admin as Option<Uuid>,
        opening.at,
        opening.expires_at,
        opening.address,
        opening.user_agent,
        opening.event,
        opening.request_id
    )
    .execute(&mut *conn)
    .await?;
    Ok(())
}

/// Ends a session of ours.
///
/// # Errors
/// When the database fails.
pub async fn sign_out(
    db: &Db,
    token_hash: &[u8; 32],
    at: DateTime<Utc>,
    event: Uuid,
    request_id: &str,
) -> AppResult<()> {
    let mut conn = db.acquire().await?;
    sqlx::query!(
        "select auth.sign_out_platform($1, $2, $3, $4)",
        &token_hash[..],
        at,
        event,
        request_id
    )
    .execute(&mut *conn)
    .await?;
    Ok(())
}

/// Support looks at a page: written into the workshop's trail. False when the grant is over.
///
/// # Errors
/// When the database fails.
pub async fn tell_support_look(
    db: &Db,
    token_hash: &[u8; 32],
    what: &str,
    at: DateTime<Utc>,
    event: Uuid,
    request_id: &str,
) -> AppResult<bool> {
    let mut conn = db.acquire().await?;
    let recorded = sqlx::query_scalar!(
        r#"select auth.tell_support_look($1, $2, $3, $4, $5) as "told!""#,
        &token_hash[..],
        what,
        at,
        event,
        request_id
    )
    .fetch_one(&mut *conn)
    .await?;
    Ok(recorded)
}

/// Ends the look of one of us, if that is what the token is for.
///
/// # Errors
/// When the database fails.
pub async fn end_support_look(db: &Db, token_hash: &[u8; 32], at: DateTime<Utc>) -> AppResult<()> {
    let mut conn = db.acquire().await?;
    sqlx::query!("select auth.end_support_look($1, $2)", &token_hash[..], at)
        .execute(&mut *conn)
        .await?;
    Ok(())
}

/// For the command line, as the owner of the tables: somebody who may sign in to the console from now on. A known address gets the new
/// name and password, and all its sessions end.
///
/// # Errors
/// When the database does not answer.
pub async fn put_admin(
    owner_url: &str,
    admin: &Admin,
    password_hash: &str,
    at: DateTime<Utc>,
) -> anyhow::Result<()> {
    let mut conn = PgConnection::connect(owner_url).await?;
    let mut tx = conn.begin().await?;
    let id = sqlx::query_scalar!(
        "insert into auth.platform_admins (id, email, email_norm, name, password_hash, created_at) values ($1, $2, lower($2), $3, $4, $5)
         on conflict (email_norm) do update set name = excluded.name, password_hash = excluded.password_hash, deactivated_at = null
         returning id",
        admin.id,
        admin.email,
        admin.name,
        password_hash,
        at
    )
    .fetch_one(&mut *tx)
    .await?;
    end_sessions(&mut tx, id, at).await?;
    tell(&mut tx, id, "admin.created", "Made by the command line", at).await?;
    tx.commit().await?;
    conn.close().await?;
    Ok(())
}

/// Nobody signs in with this address any more; false when nobody did.
///
/// # Errors
/// When the database does not answer.
pub async fn drop_admin(owner_url: &str, email: &str, at: DateTime<Utc>) -> anyhow::Result<bool> {
    let mut conn = PgConnection::connect(owner_url).await?;
    let mut tx = conn.begin().await?;
    let gone = sqlx::query_scalar!(
        "update auth.platform_admins set deactivated_at = $2 where email_norm = lower($1) and deactivated_at is null returning id",
        email,
        at
    )
    .fetch_optional(&mut *tx)
    .await?;
    if let Some(id) = gone {
        end_sessions(&mut tx, id, at).await?;
        tell(&mut tx, id, "admin.removed", "Removed by the command line", at).await?;
    }
    tx.commit().await?;
    conn.close().await?;
    Ok(gone.is_some())
}

async fn end_sessions(conn: &mut PgConnection, admin: Uuid, at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!(
        "update auth.platform_sessions set revoked_at = $2 where admin_id = $1 and revoked_at is null",
        admin,
        at
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "update auth.support_sessions set ended_at = $2 where admin_id = $1 and ended_at is null",
        admin,
        at
    )
    .execute(conn)
    .await?;
    Ok(())
}

async fn tell(
    conn: &mut PgConnection,
    admin: Uuid,
    action: &str,
    summary: &str,
    at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into auth.platform_events (id, at, admin_id, admin_name, action, summary)
         select gen_random_uuid(), $2, a.id, a.name, $3, $4 from auth.platform_admins a where a.id = $1",
        admin,
        at,
        action,
        summary
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A workshop whose storage nobody tried to measure since then, claimed for whoever asks.
///
/// # Errors
/// When the database fails.
pub async fn claim_storage(db: &Db, since: DateTime<Utc>, at: DateTime<Utc>) -> AppResult<Option<Uuid>> {
    let mut conn = db.acquire().await?;
    Ok(
        sqlx::query_scalar!("select auth.claim_storage($1, $2)", since, at)
            .fetch_one(&mut *conn)
            .await?,
    )
}

/// Measures what a claimed workshop stores; a large one may take minutes.
///
/// # Errors
/// When the database fails.
pub async fn measure_storage(db: &Db, org: Uuid, at: DateTime<Utc>) -> AppResult<()> {
    let mut conn = db.acquire().await?;
    // Only an id and a timestamp of ours stand in this text.
    let batch = format!(
        "BEGIN; SET LOCAL statement_timeout = '5min'; SELECT auth.measure_storage('{org}', '{}'); COMMIT",
        at.to_rfc3339()
    );
    conn.execute(sqlx::raw_sql(AssertSqlSafe(batch))).await?;
    Ok(())
}
