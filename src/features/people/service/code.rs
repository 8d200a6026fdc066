//! The workshop's join code.
use super::super::{code, selectors};
use super::{Manager, lock};
use crate::server::prelude::*;

/// A new code; the one before lets nobody in any more.
///
/// # Errors
/// `ChangedMeanwhile` in the unlikely case that another workshop has the same one.
pub async fn rotate(scope: &mut Manager) -> AppResult<()> {
    lock(scope).await?;
    let (seed, now) = (scope.new_uuid(), scope.now());
    let keys = scope.state.keys.clone();
    let hash = code::lookup(&keys, &code::of_seed(&keys, seed));
    sqlx::query!("select auth.set_join_code($1, $2, $3)", seed, &hash, now)
        .execute(scope.conn())
        .await
        .on_constraint("join_codes_code_hash_key", || Conflict::ChangedMeanwhile.into())?;
    note(scope, "join_code.rotated", "Created a new join code").await
}

/// No code lets anybody in until there is a new one.
///
/// # Errors
/// The database's.
pub async fn switch_off(scope: &mut Manager) -> AppResult<()> {
    lock(scope).await?;
    if selectors::join_code(scope).await?.is_none() {
        return Ok(());
    }
    sqlx::query!("select auth.drop_join_code() as dropped")
        .fetch_one(scope.conn())
        .await?;
    note(scope, "join_code.switched_off", "Switched the join code off").await
}

async fn note(scope: &mut Manager, action: &'static str, summary: &str) -> AppResult<()> {
    let org = scope.org().uuid();
    audit::record(scope, AuditEvent::new(action, "organization", org, summary)).await
}
