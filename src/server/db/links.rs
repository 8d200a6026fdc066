//! Doors for letters about accounts: links that confirm an address or set a new password. Only hashes of their secrets come here.
use super::{Db, slow_down};
use crate::kernel::AppResult;
use crate::server::mail::{Letter, Target};
use crate::server::secrets::{Keys, digest};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A letter about an account in every language, with the id that its mail gets; the database chooses the language of the account.
#[derive(Debug)]
pub struct Post {
    pub id: Uuid,
    pub letters: BTreeMap<&'static str, Letter>,
}

impl Post {
    pub(super) fn as_json(&self) -> serde_json::Value {
        serde_json::to_value(&self.letters).unwrap_or_default()
    }
}

/// Queues a letter to the account with this address, if somebody has it.
///
/// # Errors
/// When the database fails.
pub(crate) async fn write_to_account(
    db: &Db,
    email_norm: &str,
    post: &Post,
    at: DateTime<Utc>,
) -> AppResult<()> {
    let mut conn = db.acquire().await?;
    sqlx::query!(
        "select auth.write_to_account($1, $2, $3, $4)",
        email_norm,
        post.id,
        post.as_json(),
        at
    )
    .execute(&mut *conn)
    .await?;
    Ok(())
}

/// A link that a letter is about to hold.
#[derive(Debug)]
pub struct NewLink {
    pub id: Uuid,
    pub token_hash: [u8; 32],
    pub expires_at: DateTime<Utc>,
}

impl NewLink {
    /// `page` is where it leads: `/verify` becomes `/verify/<secret>`.
    pub fn cut(keys: &Keys, id: Uuid, page: &str, expires_at: DateTime<Utc>) -> (Self, Target) {
        let link = Self {
            id,
            token_hash: digest(&keys.link_token(id)),
            expires_at,
        };
        let target = Target::Link {
            page: page.to_owned(),
            link: id,
        };
        (link, target)
    }
}

/// Something that may be tried so often within a span and a day.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    pub what: &'static str,
    pub span: TimeDelta,
    pub most: i32,
    pub most_a_day: i32,
}

/// Takes a turn.
///
/// # Errors
/// [`crate::kernel::AppError::SlowDown`] when there is none now.
pub async fn consume_rate_limit(db: &Db, limit: Limit, subject: &[u8], at: DateTime<Utc>) -> AppResult<i64> {
    let mut conn = db.acquire().await?;
    let row = sqlx::query!(
        r#"select turn, retry_after_s as "retry_after_s!" from auth.consume_rate_limit($1, $2, $3, $4, $5, $6)"#,
        limit.what,
        subject,
        at,
        super::interval(limit.span),
        limit.most,
        limit.most_a_day
    )
    .fetch_one(&mut *conn)
    .await?;
    row.turn.ok_or_else(|| slow_down(row.retry_after_s))
}

/// Writes to whoever forgot the password, if somebody has that address; the work is the same if nobody has.
///
/// # Errors
/// When the database fails.
pub async fn begin_reset(
    db: &Db,
    email_norm: &str,
    link: &NewLink,
    post: &Post,
    at: DateTime<Utc>,
) -> AppResult<()> {
    let mut conn = db.acquire().await?;
    sqlx::query!(
        "select auth.begin_reset($1, $2, $3, $4, $5, $6, $7, $8)",
        email_norm,
        &digest(email_norm)[..],
        link.id,
        &link.token_hash[..],
        link.expires_at,
        post.id,
        post.as_json(),
        at
    )
    .execute(&mut *conn)
    .await?;
    Ok(())
}

/// Address and name of the person whose link this is, while it stands.
///
/// # Errors
/// When the database fails.
pub async fn look_at(
    db: &Db,
    token_hash: &[u8; 32],
    purpose: &str,
    at: DateTime<Utc>,
) -> AppResult<Option<(String, String)>> {
    let mut conn = db.acquire().await?;
    let row = sqlx::query!(
        "select email, name from auth.look_at_link($1, $2, $3)",
        &token_hash[..],
        purpose,
        at
    )
    .fetch_one(&mut *conn)
    .await?;
    Ok(row.email.zip(row.name))
}

/// Confirms an address; false when the link does not stand.
///
/// # Errors
/// When the database fails.
pub async fn verify_email(
    db: &Db,
    token_hash: &[u8; 32],
    at: DateTime<Utc>,
    request_id: &str,
) -> AppResult<bool> {
    let mut conn = db.acquire().await?;
    let done = sqlx::query_scalar!(
        r#"select auth.verify_email($1, $2, $3) as "done!""#,
        &token_hash[..],
        at,
        request_id
    )
    .fetch_one(&mut *conn)
    .await?;
    Ok(done)
}

/// Another letter to confirm this session's address; false when it is confirmed already.
///
/// # Errors
/// [`crate::kernel::AppError::SlowDown`] after too many.
pub async fn ask_again_to_confirm(
    db: &Db,
    session: &[u8; 32],
    link: &NewLink,
    post: &Post,
    at: DateTime<Utc>,
) -> AppResult<bool> {
    let mut conn = db.acquire().await?;
    let wait = sqlx::query_scalar!(
        "select auth.ask_again_to_confirm($1, $2, $3, $4, $5, $6, $7)",
        &session[..],
        link.id,
        &link.token_hash[..],
        link.expires_at,
        post.id,
        post.as_json(),
        at
    )
    .fetch_one(&mut *conn)
    .await?;
    match wait {
        None => Ok(false),
        Some(0) => Ok(true),
        Some(seconds) => Err(slow_down(seconds)),
    }
}

/// Sets a new password by a link; false when the link does not stand.
///
/// # Errors
/// When the database fails.
pub async fn reset_password(
    db: &Db,
    token_hash: &[u8; 32],
    password_hash: &str,
    post: &Post,
    at: DateTime<Utc>,
    request_id: &str,
) -> AppResult<bool> {
    let mut conn = db.acquire().await?;
    let done = sqlx::query_scalar!(
        r#"select auth.reset_password($1, $2, $3, $4, $5, $6) as "done!""#,
        &token_hash[..],
        password_hash,
        post.id,
        post.as_json(),
        at,
        request_id
    )
    .fetch_one(&mut *conn)
    .await?;
    Ok(done)
}
