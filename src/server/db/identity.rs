//! The functions in schema `auth`: the only statements that run without an organization.
use super::links::{NewLink, Post};
use super::{Db, interval, slow_down};
use crate::kernel::{AppResult, BranchId, MemberId, OrgId, UserId};
use crate::server::secrets::digest;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;

/// A guess at a password, as it was made.
#[derive(Debug)]
pub struct LoginAttempt<'a> {
    pub email_norm: &'a str,
    /// The workshop whose own address was used, if one was.
    pub slug: Option<&'a str>,
    pub device_hash: Option<[u8; 32]>,
    pub address: &'a str,
    pub at: DateTime<Utc>,
}

/// A guess that may be verified.
#[derive(Debug)]
pub struct Reserved {
    pub attempt: i64,
    pub login: Option<Login>,
    /// Whether the browser's device cookie is one that we gave out.
    pub device_is_ours: bool,
}

/// The person behind an e-mail address.
#[derive(Debug)]
pub struct Login {
    pub user: UserId,
    pub password_hash: String,
    pub org: OrgId,
    pub member: MemberId,
}

/// What a new workshop starts with.
#[derive(Debug)]
pub struct NewWorkshop {
    pub email: String,
    pub email_norm: String,
    pub person: String,
    pub name: String,
    pub slug: String,
    pub asset_word: &'static str,
    pub distance_unit: &'static str,
    pub currency: String,
    /// ISO 3166-1.
    pub country: &'static str,
    pub branch_name: String,
    pub branch_code: String,
    pub branch_address: String,
    pub time_zone: String,
    /// Name and basis points, the usual one first.
    pub taxes: Vec<(String, i32)>,
}

/// The session that a sign-in opens, and the browser it belongs to.
#[derive(Debug)]
pub struct SignInSession<'a> {
    pub token_hash: [u8; 32],
    pub device_hash: [u8; 32],
    /// The session that this browser had before: it ends.
    pub former_hash: Option<[u8; 32]>,
    pub at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub address: &'a str,
    pub user_agent: &'a str,
    pub event: Uuid,
    pub request_id: &'a str,
    /// Sent when the account knows other browsers and not this one.
    pub post: Post,
}

/// How a sign-in ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Wrong,
    /// There is a session.
    Open,
    /// There is one after the code.
    CodeDue,
}

/// A new session's facts.
#[derive(Debug)]
pub struct NewSession<'a> {
    pub token_hash: [u8; 32],
    pub login: (UserId, OrgId, MemberId),
    pub at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub address: &'a str,
    pub user_agent: &'a str,
}

/// Takes the place of one guess before its hash is verified.
///
/// # Errors
/// [`AppError::SlowDown`] when there is none now.
pub async fn begin_sign_in(db: &Db, guess: &LoginAttempt<'_>) -> AppResult<Reserved> {
    let mut conn = db.acquire().await?;
    let row = sqlx::query!(
        r#"select attempt, retry_after_s as "retry_after_s!", user_id, password_hash, org_id, member_id, device_is_ours as "device_is_ours!"
             from auth.begin_sign_in($1, $2, $3, $4, $5, $6)"#,
        guess.email_norm,
        &digest(guess.email_norm)[..],
        guess.slug,
        guess.device_hash.as_ref().map(|hash| &hash[..]) as Option<&[u8]>,
        guess.address,
        guess.at
    )
    .fetch_one(&mut *conn)
    .await?;
    let attempt = row.attempt.ok_or_else(|| slow_down(row.retry_after_s))?;
    Ok(Reserved {
        attempt,
        login: login(row.user_id, row.password_hash, row.org_id, row.member_id),
        device_is_ours: row.device_is_ours,
    })
}

/// Ends a guess: `login` is whom it let in, none when it was wrong. `proven` is somebody who is signed in already: no code is asked.
///
/// # Errors
/// When the database fails.
pub async fn finish_sign_in(
    db: &Db,
    attempt: i64,
    login: Option<&Login>,
    opening: &SignInSession<'_>,
    proven: bool,
) -> AppResult<Outcome> {
    let mut conn = db.acquire().await?;
    let outcome = sqlx::query_scalar!(
        r#"select auth.finish_sign_in($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) as "outcome!""#,
        attempt,
        &opening.token_hash[..],
        login.map(|l| l.user.uuid()) as Option<Uuid>,
        login.map(|l| l.org.uuid()) as Option<Uuid>,
        login.map(|l| l.member.uuid()) as Option<Uuid>,
        opening.at,
        opening.expires_at,
        opening.address,
        opening.user_agent,
        &opening.device_hash[..],
        opening.former_hash.as_ref().map(|hash| &hash[..]) as Option<&[u8]>,
        opening.event,
        opening.request_id,
        proven,
        opening.post.id,
        opening.post.as_json()
    )
    .fetch_one(&mut *conn)
    .await?;
    Ok(match outcome.as_str() {
        "open" => Outcome::Open,
        "code" => Outcome::CodeDue,
        _ => Outcome::Wrong,
    })
}

/// Notes whether the password that was given again on a session is the right one.
///
/// # Errors
/// When the database fails.
pub async fn confirm_session(
    db: &Db,
    token_hash: &[u8; 32],
    attempt: i64,
    fits: bool,
    user_agent: &str,
    at: DateTime<Utc>,
) -> AppResult<()> {
    let mut conn = db.acquire().await?;
    sqlx::query!(
        "select auth.confirm_session($1, $2, $3, $4, $5)",
        &token_hash[..],
        attempt,
        fits,
        user_agent,
        at
    )
    .execute(&mut *conn)
    .await?;
    Ok(())
}

pub async fn open_session(db: &Db, new: NewSession<'_>) -> AppResult<()> {
    let mut conn = db.acquire().await?;
    let (user, org, member) = new.login;
    sqlx::query!(
        "select auth.open_session($1, $2, $3, $4, $5, $6, $7, $8)",
        &new.token_hash[..],
        user.uuid(),
        org.uuid(),
        member.uuid(),
        new.at,
        new.expires_at,
        new.address,
        new.user_agent
    )
    .execute(&mut *conn)
    .await?;
    Ok(())
}

pub async fn touch_session(db: &Db, token_hash: &[u8; 32], at: DateTime<Utc>) -> AppResult<()> {
    let mut conn = db.acquire().await?;
    sqlx::query!("select auth.touch_session($1, $2)", &token_hash[..], at)
        .execute(&mut *conn)
        .await?;
    Ok(())
}

/// Ends a session, and keeps that it was ended. `event` is the id of the trail's row.
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
        "select auth.sign_out($1, $2, $3, $4)",
        &token_hash[..],
        at,
        event,
        request_id
    )
    .execute(&mut *conn)
    .await?;
    Ok(())
}

/// `branch` must have been checked against the session's own branches; `None` chooses all of them.
pub async fn choose_branch(db: &Db, token_hash: &[u8; 32], branch: Option<BranchId>) -> AppResult<()> {
    let mut conn = db.acquire().await?;
    sqlx::query!(
        "select auth.choose_branch($1, $2)",
        &token_hash[..],
        branch.map(BranchId::uuid) as Option<Uuid>
    )
    .execute(&mut *conn)
    .await?;
    Ok(())
}

/// Takes the place of one sign-up from an address.
///
/// # Errors
/// [`AppError::SlowDown`] when there were too many.
pub async fn begin_sign_up(db: &Db, address: &str, at: DateTime<Utc>) -> AppResult<i64> {
    let mut conn = db.acquire().await?;
    let row = sqlx::query!(
        r#"select attempt, retry_after_s as "retry_after_s!" from auth.begin_sign_up($1, $2)"#,
        address,
        at
    )
    .fetch_one(&mut *conn)
    .await?;
    row.attempt.ok_or_else(|| slow_down(row.retry_after_s))
}

/// Makes the organization, its first branch and its owner, unless the e-mail address has an account already; both take the
/// same time. Whose the address is, then, and the workshop it opens.
///
/// # Errors
/// When the database fails.
pub async fn sign_up(
    db: &Db,
    attempt: i64,
    new: &NewWorkshop,
    password_hash: &str,
    opening: &SignInSession<'_>,
    (link, post): (&NewLink, &Post),
    new_id: impl Fn() -> Uuid + Send,
) -> AppResult<Option<Login>> {
    let (user, org, branch, member) = (new_id(), new_id(), new_id(), new_id());
    let (tax_names, tax_points): (Vec<String>, Vec<i32>) = new.taxes.iter().cloned().unzip();
    let settings = json!({ "asset_word": new.asset_word, "distance_unit": new.distance_unit, "currency": new.currency, "country": new.country });
    let mut conn = db.acquire().await?;
    let row = sqlx::query!(
        r#"select user_id, password_hash, org_id, member_id from auth.sign_up($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
             $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26)"#,
        attempt, user, new.email, new.email_norm, new.person, password_hash, org, new.name, new.slug, settings, branch, new.branch_name, new.branch_code, new.branch_address, new.time_zone, member,
        &tax_names, &tax_points, opening.at, new_id(), opening.request_id, link.id, &link.token_hash[..], link.expires_at, post.id,
        post.as_json()
    )
    .fetch_one(&mut *conn)
    .await?;
    Ok(login(row.user_id, row.password_hash, row.org_id, row.member_id))
}

fn login(user: Option<Uuid>, hash: Option<String>, org: Option<Uuid>, member: Option<Uuid>) -> Option<Login> {
    Some(Login {
        user: UserId::new(user?),
        password_hash: hash?,
        org: OrgId::new(org?),
        member: MemberId::new(member?),
    })
}

/// Whether this is the key that the database was used with; the first one is remembered.
///
/// # Errors
/// When the database fails.
pub async fn check_key(db: &Db, fingerprint: &[u8; 32]) -> AppResult<bool> {
    let mut conn = db.acquire().await?;
    let same = sqlx::query_scalar!(r#"select auth.check_key($1) as "same!""#, &fingerprint[..])
        .fetch_one(&mut *conn)
        .await?;
    Ok(same)
}

/// Forgets ended sessions and old guesses; how many rows went.
///
/// # Errors
/// When the database fails.
pub async fn clean_up(db: &Db, at: DateTime<Utc>, idle: TimeDelta) -> AppResult<i64> {
    let mut conn = db.acquire().await?;
    let gone = sqlx::query_scalar!(
        r#"select auth.clean_up($1, $2) + auth.forget_strangers($1 - interval '1 day') as "gone!""#,
        at,
        interval(idle)
    )
    .fetch_one(&mut *conn)
    .await?;
    Ok(gone)
}

/// Sets a new password as the session of this token, which alone goes on.
///
/// # Errors
/// When the database fails.
pub async fn change_password(
    db: &Db,
    opening: &SignInSession<'_>,
    password_hash: &str,
    event: Uuid,
    post: &Post,
) -> AppResult<()> {
    let mut conn = db.acquire().await?;
    sqlx::query!(
        "select auth.change_password($1, $2, $3, $4, $5, $6, $7, $8)",
        &opening.token_hash[..],
        password_hash,
        &opening.device_hash[..],
        opening.at,
        event,
        opening.request_id,
        post.id,
        post.as_json()
    )
    .execute(&mut *conn)
    .await?;
    Ok(())
}

/// The present name of the workshop that has or had this one in its address.
pub async fn find_workshop(db: &Db, slug: &str) -> AppResult<Option<String>> {
    let mut conn = db.acquire().await?;
    let found = sqlx::query_scalar!("select auth.find_workshop($1)", slug)
        .fetch_one(&mut *conn)
        .await?;
    Ok(found)
}
