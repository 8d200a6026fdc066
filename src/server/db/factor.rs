//! Doors of the second factor.
use super::identity::SignInSession;
use super::links::Post;
use super::{Db, slow_down};
use crate::kernel::{AppResult, UserId};
use chrono::{DateTime, Utc};

/// A code that is due, with a turn at it.
#[derive(Debug)]
pub struct Due {
    pub user: UserId,
    pub sealed: Vec<u8>,
    pub turn: i64,
}

/// What somebody typed: the app's code by its step, or the hash of a recovery code.
#[derive(Clone, Copy, Debug)]
pub enum Code {
    Step(i64),
    Recovery([u8; 32]),
}

impl Code {
    fn step(&self) -> Option<i64> {
        match self {
            Self::Step(step) => Some(*step),
            Self::Recovery(_) => None,
        }
    }
    fn hash(&self) -> Option<&[u8]> {
        match self {
            Self::Step(_) => None,
            Self::Recovery(hash) => Some(hash),
        }
    }
}

/// Whose code is due for this pending sign-in; none when it is over.
///
/// # Errors
/// [`crate::kernel::AppError::SlowDown`] after too many wrong ones.
pub async fn begin_second_step(db: &Db, pending: &[u8; 32], at: DateTime<Utc>) -> AppResult<Option<Due>> {
    let mut conn = db.acquire().await?;
    let row = sqlx::query!(
        "select user_id, sealed, turn, retry_after_s from auth.begin_second_step($1, $2)",
        &pending[..],
        at
    )
    .fetch_one(&mut *conn)
    .await?;
    let Some((user, sealed)) = row.user_id.zip(row.sealed) else {
        return Ok(None);
    };
    let turn = row
        .turn
        .ok_or_else(|| slow_down(row.retry_after_s.unwrap_or_default()))?;
    Ok(Some(Due {
        user: UserId::new(user),
        sealed,
        turn,
    }))
}

/// Opens the session of a pending sign-in for a code that counts.
///
/// # Errors
/// When the database fails.
pub async fn finish_second_step(
    db: &Db,
    pending: &[u8; 32],
    turn: i64,
    code: &Code,
    opening: &SignInSession<'_>,
) -> AppResult<bool> {
    let mut conn = db.acquire().await?;
    let done = sqlx::query_scalar!(
        r#"select auth.finish_second_step($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) as "done!""#,
        &pending[..],
        turn,
        code.step() as Option<i64>,
        code.hash() as Option<&[u8]>,
        &opening.token_hash[..],
        opening.at,
        opening.expires_at,
        opening.address,
        opening.user_agent,
        opening.event,
        opening.request_id,
        opening.post.id,
        opening.post.as_json()
    )
    .fetch_one(&mut *conn)
    .await?;
    Ok(done)
}

/// Begins a second factor for the account of this session, unless one is confirmed.
///
/// # Errors
/// When the database fails.
pub async fn begin(db: &Db, session: &[u8; 32], sealed: &[u8], at: DateTime<Utc>) -> AppResult<()> {
    let mut conn = db.acquire().await?;
    sqlx::query!("select auth.begin_factor($1, $2, $3)", &session[..], sealed, at)
        .execute(&mut *conn)
        .await?;
    Ok(())
}

/// Confirms it; the session gets the new token. False when there is nothing to confirm.
///
/// # Errors
/// When the database fails.
pub async fn confirm(
    db: &Db,
    session: &[u8; 32],
    new_session: &[u8; 32],
    step: i64,
    recovery: &[Vec<u8>],
    (post, at, request_id): (&Post, DateTime<Utc>, &str),
) -> AppResult<bool> {
    let mut conn = db.acquire().await?;
    let done = sqlx::query_scalar!(
        r#"select auth.confirm_factor($1, $2, $3, $4, $5, $6, $7, $8) as "done!""#,
        &session[..],
        &new_session[..],
        step,
        recovery,
        post.id,
        post.as_json(),
        at,
        request_id
    )
    .fetch_one(&mut *conn)
    .await?;
    Ok(done)
}

/// Takes it away for a code that counts.
///
/// # Errors
/// When the database fails.
pub async fn remove(
    db: &Db,
    session: &[u8; 32],
    turn: i64,
    code: &Code,
    (post, at, request_id): (&Post, DateTime<Utc>, &str),
) -> AppResult<bool> {
    let mut conn = db.acquire().await?;
    let done = sqlx::query_scalar!(
        r#"select auth.drop_factor($1, $2, $3, $4, $5, $6, $7, $8) as "done!""#,
        &session[..],
        turn,
        code.step() as Option<i64>,
        code.hash() as Option<&[u8]>,
        post.id,
        post.as_json(),
        at,
        request_id
    )
    .fetch_one(&mut *conn)
    .await?;
    Ok(done)
}
