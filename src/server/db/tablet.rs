//! Doors of shared tablets, for browsers where nobody is signed in.
use super::{Db, interval, slow_down};
use crate::kernel::{AppResult, MemberId};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use uuid::Uuid;

/// A tablet and the people of its branch.
#[derive(Clone, Debug)]
pub struct Tablet {
    pub workshop: String,
    pub branch: String,
    pub name: String,
    pub people: Vec<Person>,
}

/// Somebody who works at the tablet's branch.
#[derive(Clone, Debug, Deserialize)]
pub struct Person {
    id: Uuid,
    pub name: String,
    pub has_pin: bool,
}

impl Person {
    pub fn id(&self) -> MemberId {
        MemberId::new(self.id)
    }
}

/// A turn at somebody's PIN.
#[derive(Debug)]
pub struct LoginAttempt {
    pub tablet: Uuid,
    pub turn: i64,
    /// None when there is no such person here, or none with a PIN: verified all the same.
    pub pin_hash: Option<String>,
}

/// What a right PIN opens.
#[derive(Debug)]
pub struct PinSession<'a> {
    pub token_hash: [u8; 32],
    pub former_hash: Option<[u8; 32]>,
    pub at: DateTime<Utc>,
    pub idle: TimeDelta,
    pub expires_at: DateTime<Utc>,
    pub address: &'a str,
    pub user_agent: &'a str,
    pub event: Uuid,
    pub request_id: &'a str,
}

/// The tablet behind a browser's secret; none when it is none (any more).
///
/// # Errors
/// When the database fails.
pub async fn look_at(db: &Db, token_hash: &[u8; 32]) -> AppResult<Option<Tablet>> {
    let mut conn = db.acquire().await?;
    let row = sqlx::query!(
        "select org_name, branch_name, name, people from auth.look_at_tablet($1)",
        &token_hash[..]
    )
    .fetch_one(&mut *conn)
    .await?;
    let people = row.people.map(serde_json::from_value::<Vec<Person>>);
    let people = people
        .transpose()
        .map_err(|error| super::constraint::incident(&error))?;
    Ok((|| {
        Some(Tablet {
            workshop: row.org_name?,
            branch: row.branch_name?,
            name: row.name?,
            people: people?,
        })
    })())
}

/// Takes a turn before a PIN is verified; none when the browser is no tablet.
///
/// # Errors
/// [`crate::kernel::AppError::SlowDown`] after too many wrong ones.
pub async fn begin_pin(
    db: &Db,
    token_hash: &[u8; 32],
    member: MemberId,
    at: DateTime<Utc>,
) -> AppResult<Option<LoginAttempt>> {
    let mut conn = db.acquire().await?;
    let row = sqlx::query!(
        "select tablet, turn, retry_after_s, pin_hash from auth.begin_pin($1, $2, $3)",
        &token_hash[..],
        member.uuid(),
        at
    )
    .fetch_one(&mut *conn)
    .await?;
    let Some(tablet) = row.tablet else {
        return Ok(None);
    };
    let turn = row
        .turn
        .ok_or_else(|| slow_down(row.retry_after_s.unwrap_or_default()))?;
    Ok(Some(LoginAttempt {
        tablet,
        turn,
        pin_hash: row.pin_hash,
    }))
}

/// Opens a session for a PIN that fits; false for any other.
///
/// # Errors
/// When the database fails.
pub async fn finish_pin(
    db: &Db,
    guess: &LoginAttempt,
    member: MemberId,
    fits: bool,
    new: &PinSession<'_>,
) -> AppResult<bool> {
    let mut conn = db.acquire().await?;
    let open = sqlx::query_scalar!(
        r#"select auth.finish_pin($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) as "open!""#,
        guess.tablet,
        member.uuid(),
        guess.turn,
        fits,
        &new.token_hash[..],
        new.former_hash.as_ref().map(|hash| &hash[..]) as Option<&[u8]>,
        new.at,
        interval(new.idle),
        new.expires_at,
        new.address,
        new.user_agent,
        new.event,
        new.request_id
    )
    .fetch_one(&mut *conn)
    .await?;
    Ok(open)
}
