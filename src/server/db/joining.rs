//! The doors through which people come into a workshop: functions of schema `auth` that know an invitation or a code.
use super::Db;
use super::constraint::OnConstraint;
use super::identity::SignInSession;
use crate::kernel::{AppError, AppResult, Conflict, MemberId, OrgId, UserId};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// What an invitation's secret opens.
#[derive(Debug)]
pub struct Invitation {
    pub org_name: String,
    pub email: String,
    pub email_norm: String,
    /// The name, where whoever invited knew it.
    pub person: String,
    /// The role as people call it.
    pub role: String,
    /// The account of that address, and its password's hash.
    pub account: Option<(UserId, String)>,
}

/// Who accepts: the owner of an account, or somebody new with a name and a password's hash.
#[derive(Debug)]
pub enum Newcomer<'a> {
    Known(UserId),
    New { name: &'a str, password_hash: &'a str },
}

/// The membership that an accepted invitation made.
#[derive(Clone, Copy, Debug)]
pub struct Joined {
    pub user: UserId,
    pub org: OrgId,
    pub member: MemberId,
}

/// A request at the workshop of a code.
#[derive(Debug)]
pub struct Request<'a> {
    pub code_hash: &'a [u8],
    pub user: Option<UserId>,
    pub name: &'a str,
    pub email: &'a str,
    pub email_norm: &'a str,
    pub address: &'a str,
    pub at: DateTime<Utc>,
    /// The id of the trail's row, and of the HTTP request.
    pub event: Uuid,
    pub request_id: &'a str,
}

/// The open invitation of a secret.
///
/// # Errors
/// When the database fails.
pub async fn open_invite(db: &Db, token_hash: &[u8; 32], at: DateTime<Utc>) -> AppResult<Option<Invitation>> {
    let mut conn = db.acquire().await?;
    let row = sqlx::query!(
        "select org_name, email, email_norm, person, role, user_id, password_hash from auth.open_invite($1, $2)",
        &token_hash[..],
        at
    )
    .fetch_one(&mut *conn)
    .await?;
    let account = row.user_id.map(UserId::new).zip(row.password_hash);
    Ok((|| {
        Some(Invitation {
            org_name: row.org_name?,
            email: row.email?,
            email_norm: row.email_norm?,
            person: row.person.unwrap_or_default(),
            role: row.role?,
            account,
        })
    })())
}

/// Uses an invitation up. Nothing when it is none (any more), also when somebody was faster.
///
/// # Errors
/// `ChangedMeanwhile` when the address got an account meanwhile.
pub async fn accept_invite(
    db: &Db,
    token_hash: &[u8; 32],
    newcomer: &Newcomer<'_>,
    opening: &SignInSession<'_>,
    new_id: impl Fn() -> Uuid + Send,
) -> AppResult<Option<Joined>> {
    let (who, name, hash) = match newcomer {
        Newcomer::Known(user) => (Some(user.uuid()), None, None),
        Newcomer::New { name, password_hash } => (None, Some(*name), Some(*password_hash)),
    };
    let (user, member, event) = (new_id(), new_id(), new_id());
    let mut conn = db.acquire().await?;
    let row = sqlx::query!(
        "select user_id, org_id, member_id from auth.accept_invite($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &token_hash[..],
        who as Option<Uuid>,
        user,
        name as Option<&str>,
        hash as Option<&str>,
        member,
        opening.at,
        event,
        opening.request_id
    )
    .fetch_one(&mut *conn)
    .await
    .on_constraint("users_email_norm_key", || Conflict::ChangedMeanwhile.into())?;
    Ok((|| {
        Some(Joined {
            user: UserId::new(row.user_id?),
            org: OrgId::new(row.org_id?),
            member: MemberId::new(row.member_id?),
        })
    })())
}

/// Asks to come in. The workshop's name, or nothing when the code is none.
///
/// # Errors
/// [`AppError::SlowDown`] after too many wrong codes from one address.
pub async fn request_to_join(db: &Db, id: Uuid, request: &Request<'_>) -> AppResult<Option<String>> {
    let mut conn = db.acquire().await?;
    let row = sqlx::query!(
        r#"select retry_after_s as "retry_after_s!", org_name from auth.request_to_join($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"#,
        request.code_hash,
        id,
        request.user.map(UserId::uuid) as Option<Uuid>,
        request.name,
        request.email,
        request.email_norm,
        request.address,
        request.at,
        request.event,
        request.request_id
    )
    .fetch_one(&mut *conn)
    .await?;
    if row.retry_after_s > 0 {
        return Err(AppError::SlowDown {
            retry_after_s: u32::try_from(row.retry_after_s).unwrap_or(1),
        });
    }
    Ok(row.org_name)
}

/// Takes a session to another workshop of its person; whether they are an active member there.
///
/// # Errors
/// When the database fails.
pub async fn switch_workshop(
    db: &Db,
    token_hash: &[u8; 32],
    org: OrgId,
    at: DateTime<Utc>,
    event: Uuid,
    request_id: &str,
) -> AppResult<bool> {
    let mut conn = db.acquire().await?;
    let switched = sqlx::query_scalar!(
        r#"select auth.switch_workshop($1, $2, $3, $4, $5) as "switched!""#,
        &token_hash[..],
        org.uuid(),
        at,
        event,
        request_id
    )
    .fetch_one(&mut *conn)
    .await?;
    Ok(switched)
}
