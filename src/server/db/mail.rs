//! The waiting mail, and the statements on it.
use super::tenant::TenantTx;
use super::{Db, interval};
use crate::kernel::AppResult;
use crate::server::mail::Letter;
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// A mail that waits.
#[derive(Debug)]
pub struct Waiting {
    pub recipient: String,
    pub letter: serde_json::Value,
    /// With this one.
    pub attempts: i32,
}

/// One that waits, with one more attempt counted; none when it was sent or given up meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn take(db: &Db, id: Uuid) -> AppResult<Option<Waiting>> {
    let mut conn = db.acquire().await?;
    let row = sqlx::query_as!(
        Waiting,
        r#"select recipient as "recipient!", letter as "letter!", attempts as "attempts!" from auth.take_mail($1)"#,
        id
    )
    .fetch_optional(&mut *conn)
    .await?;
    Ok(row)
}

/// Notes what became of a mail: an empty `error` is success; otherwise it is queued again for later, or given up.
///
/// # Errors
/// When the database fails.
pub async fn finish(
    db: &Db,
    id: Uuid,
    at: DateTime<Utc>,
    error: &str,
    again: Option<TimeDelta>,
) -> AppResult<()> {
    let mut conn = db.acquire().await?;
    let again = again.map(interval);
    sqlx::query!(
        "select auth.finish_mail($1, $2, $3, $4)",
        id,
        at,
        error,
        again as _
    )
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
