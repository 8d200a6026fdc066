//! The functions in schema `auth`: the only statements that run without an organization.
use super::Db;
use crate::kernel::{AppError, AppResult, BranchId, MemberId, OrgId, UserId};
use crate::server::db::constraint::OnConstraint;
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// The person behind an e-mail address.
#[derive(Debug)]
pub struct Login {
    pub user: UserId,
    pub password_hash: String,
    pub org: OrgId,
    pub member: MemberId,
}

/// Wrong guesses lately.
#[derive(Debug)]
pub struct Guesses {
    pub account: i64,
    pub address: i64,
    pub last_wrong: Option<DateTime<Utc>>,
}

/// What a new workshop starts with.
#[derive(Debug)]
pub struct NewWorkshop {
    pub email: String,
    pub email_norm: String,
    pub person: String,
    pub password_hash: String,
    pub name: String,
    pub slug: String,
    pub asset_word: &'static str,
    pub currency: String,
    pub branch_name: String,
    pub branch_code: String,
    pub time_zone: String,
    pub tax_name: String,
    pub tax_basis_points: i32,
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

pub async fn find_login(db: &Db, email_norm: &str) -> AppResult<Option<Login>> {
    let mut conn = db.acquire().await?;
    let row = sqlx::query!(
        r#"select user_id as "user_id!", password_hash as "password_hash!", org_id as "org_id!", member_id as "member_id!" from auth.find_login($1)"#,
        email_norm
    )
    .fetch_optional(&mut *conn)
    .await?;
    Ok(row.map(|r| Login {
        user: UserId::new(r.user_id),
        password_hash: r.password_hash,
        org: OrgId::new(r.org_id),
        member: MemberId::new(r.member_id),
    }))
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

pub async fn revoke_session(db: &Db, token_hash: &[u8; 32], at: DateTime<Utc>) -> AppResult<()> {
    let mut conn = db.acquire().await?;
    sqlx::query!("select auth.revoke_session($1, $2)", &token_hash[..], at)
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

pub async fn count_guesses(
    db: &Db,
    email_hash: &[u8; 32],
    address: &str,
    account_since: DateTime<Utc>,
    address_since: DateTime<Utc>,
) -> AppResult<Guesses> {
    let mut conn = db.acquire().await?;
    let row = sqlx::query!(
        r#"select account as "account!", from_address as "from_address!", last_wrong from auth.count_guesses($1, $2, $3, $4)"#,
        &email_hash[..], address, account_since, address_since
    )
    .fetch_one(&mut *conn)
    .await?;
    Ok(Guesses {
        account: row.account,
        address: row.from_address,
        last_wrong: row.last_wrong,
    })
}

/// `outcome` is ok, wrong or throttled.
pub async fn note_attempt(
    db: &Db,
    email_hash: &[u8; 32],
    address: &str,
    at: DateTime<Utc>,
    outcome: &str,
) -> AppResult<()> {
    let mut conn = db.acquire().await?;
    sqlx::query!(
        "select auth.note_attempt($1, $2, $3, $4)",
        &email_hash[..],
        address,
        at,
        outcome
    )
    .execute(&mut *conn)
    .await?;
    Ok(())
}

/// Makes the organization, its first branch and its owner; a taken e-mail address is a problem at the field `email`.
pub async fn sign_up(
    db: &Db,
    new: &NewWorkshop,
    at: DateTime<Utc>,
    mut new_id: impl FnMut() -> Uuid + Send,
) -> AppResult<(UserId, OrgId, MemberId)> {
    let (user, org, branch, member, tax) = (new_id(), new_id(), new_id(), new_id(), new_id());
    let mut conn = db.acquire().await?;
    sqlx::query!(
        "select auth.sign_up($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
        user, new.email, new.email_norm, new.person, new.password_hash, org, new.name, new.slug, new.asset_word, new.currency,
        branch, new.branch_name, new.branch_code, new.time_zone, member, tax, new.tax_name, new.tax_basis_points, at
    )
    .execute(&mut *conn)
    .await
    .on_constraint("users_email_norm_key", || AppError::refused("taken"))?;
    Ok((UserId::new(user), OrgId::new(org), MemberId::new(member)))
}
