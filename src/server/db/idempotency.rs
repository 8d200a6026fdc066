//! A form acts once: its hidden key is claimed in the same transaction as its effect, so a double click, a retry or a
//! repeated delivery leads to what the first one made.
use super::tenant::TenantTx;
use crate::kernel::{AppError, AppResult};
use uuid::Uuid;

/// A fresh key for a form about to be shown.
pub fn fresh(tx: &TenantTx) -> String {
    tx.new_uuid().to_string()
}

/// Claims `key` for an effect that will be known as `result` (an id). Must be the transaction's first statement.
/// `Some(result)` of the first time when it was claimed before: then do nothing and lead there. No key claims nothing.
///
/// # Errors
/// `BadRequest` when the key belongs to another form.
pub async fn claim(tx: &mut TenantTx, key: &str, route: &str, result: &str) -> AppResult<Option<String>> {
    let Ok(key) = Uuid::try_parse(key) else {
        return Ok(None);
    };
    let (member, now) = (tx.session().member().uuid(), tx.now());
    let claimed = sqlx::query!(
        "insert into idempotency_keys (key, member_id, route, result, created_at) values ($1, $2, $3, $4, $5) on conflict do nothing",
        key, member, route, result, now
    )
    .execute(tx.conn())
    .await?;
    if claimed.rows_affected() == 1 {
        return Ok(None);
    }
    let first = sqlx::query!("select route, result from idempotency_keys where key = $1", key)
        .fetch_one(tx.conn())
        .await?;
    if first.route == route {
        Ok(Some(first.result))
    } else {
        Err(AppError::BadRequest(
            "this form's key was used by another form".into(),
        ))
    }
}
