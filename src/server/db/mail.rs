//! The waiting mail, and the statements on it.
use super::Db;
use super::identity::interval;
use super::tenant::TenantTx;
use crate::kernel::AppResult;
use crate::server::mail::Letter;
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// A mail that this server may send now.
#[derive(Debug)]
pub struct Waiting {
    pub id: Uuid,
    pub recipient: String,
    pub letter: serde_json::Value,
    /// With this one.
    pub attempts: i32,
}

/// Takes what is due; it stays taken for `lease`.
///
/// # Errors
/// When the database fails.
pub async fn claim(db: &Db, at: DateTime<Utc>, lease: TimeDelta, most: i32) -> AppResult<Vec<Waiting>> {
    let mut conn = db.acquire().await?;
    let rows = sqlx::query_as!(
        Waiting,
        r#"select id as "id!", recipient as "recipient!", letter as "letter!", attempts as "attempts!" from auth.claim_mails($1, $2, $3)"#,
        at,
        interval(lease),
        most
    )
    .fetch_all(&mut *conn)
    .await?;
    Ok(rows)
}

/// Notes what became of a mail: an empty `error` is success, without `again` it is given up.
///
/// # Errors
/// When the database fails.
pub async fn settle(
    db: &Db,
    id: Uuid,
    at: DateTime<Utc>,
    error: &str,
    again: Option<DateTime<Utc>>,
) -> AppResult<()> {
    let mut conn = db.acquire().await?;
    sqlx::query!("select auth.settle_mail($1, $2, $3, $4)", id, at, error, again)
        .execute(&mut *conn)
        .await?;
    Ok(())
}

/// Queues a letter of this workshop; it leaves when the transaction commits.
///
/// # Errors
/// When the database fails.
pub async fn queue(tx: &mut TenantTx, recipient: &str, letter: &Letter) -> AppResult<()> {
    let (id, now) = (tx.new_uuid(), tx.now());
    sqlx::query!(
        "select auth.queue_mail($1, $2, $3, $4, $5)",
        id,
        recipient,
        letter.subject,
        letter.as_json(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Queues a letter that belongs to no workshop, such as one about an account.
///
/// # Errors
/// When the database fails.
pub async fn queue_ours(
    db: &Db,
    id: Uuid,
    recipient: &str,
    letter: &Letter,
    at: DateTime<Utc>,
) -> AppResult<()> {
    let mut conn = db.acquire().await?;
    sqlx::query!(
        "select auth.queue_mail($1, $2, $3, $4, $5)",
        id,
        recipient,
        letter.subject,
        letter.as_json(),
        at
    )
    .execute(&mut *conn)
    .await?;
    Ok(())
}
