//! A form acts once: its hidden key is claimed in the same transaction as its effect, so a double click, a retry or a
//! repeated delivery leads to what the first one made. A key answers the same request only: with other entries, or sent to another
//! address, it is refused.
use super::tenant::TenantTx;
use crate::kernel::{AppResult, Conflict};
use uuid::Uuid;

/// A fresh key for a form about to be shown.
pub fn fresh(tx: &TenantTx) -> String {
    tx.new_uuid().to_string()
}

/// Claims `key` for an effect that will be known as `result` (an id). Must be the transaction's first statement.
/// `Some(result)` of the first time when it was claimed before: then do nothing and lead there. No key claims nothing.
///
/// # Errors
/// `AlreadySent` when the key was used by another form, at another address or with other entries.
pub async fn claim(tx: &mut TenantTx, key: &str, route: &str, result: &str) -> AppResult<Option<String>> {
    let Ok(key) = Uuid::try_parse(key) else {
        return Ok(None);
    };
    let (member, now) = (tx.session().member().uuid(), tx.now());
    let sent = tx.fingerprint.map(Vec::from).unwrap_or_default();
    let claimed = sqlx::query!(
        "insert into idempotency_keys (key, member_id, route, result, fingerprint, created_at) values ($1, $2, $3, $4, $5, $6)
         on conflict do nothing",
        key, member, route, result, sent, now
    )
    .execute(tx.conn())
    .await?;
    if claimed.rows_affected() == 1 {
        return Ok(None);
    }
    let first = sqlx::query!(
        "select route, result, fingerprint from idempotency_keys where key = $1",
        key
    )
    .fetch_one(tx.conn())
    .await?;
    let same = first.fingerprint.is_empty() || first.fingerprint == sent;
    if first.route == route && same {
        Ok(Some(first.result))
    } else {
        Err(Conflict::AlreadySent.into())
    }
}
