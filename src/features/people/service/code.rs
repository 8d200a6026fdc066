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
    let before = selectors::join_code(scope).await?.map_or("off", |_| "on");
    let (seed, now) = (scope.new_uuid(), scope.now());
    let keys = scope.state.keys.clone();
    let hash = code::lookup(&keys, &code::of_seed(&keys, seed));
    sqlx::query!("select auth.set_join_code($1, $2, $3)", seed, &hash, now)
        .execute(scope.conn())
        .await
        .on_constraint("join_codes_code_hash_key", || Conflict::ChangedMeanwhile.into())?;
    let org = scope.org().uuid();
    let event = AuditEvent::new(
        "join_code.rotated",
        "organization",
        org,
        "Created a new join code",
    );
    audit::record(scope, event.field("Join code", before, "new")).await
}

/// No code lets anybody in until there is a new one.
pub async fn switch_off(scope: &mut Manager) -> AppResult<()> {
    lock(scope).await?;
    if selectors::join_code(scope).await?.is_none() {
        return Ok(());
    }
    sqlx::query!("select auth.drop_join_code() as dropped")
        .fetch_one(scope.conn())
        .await?;
    let (org, summary) = (scope.org().uuid(), "Switched the join code off");
    let event = AuditEvent::new("join_code.switched_off", "organization", org, summary);
    audit::record(scope, event.field("Join code", "on", "off")).await
}
