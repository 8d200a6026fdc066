//! The workshop's tablets, and one's own PIN.
use crate::kernel::Permission;
use crate::server::prelude::*;
use chrono::{DateTime, Utc};

/// A browser that a branch shares.
#[derive(Clone, Debug)]
pub struct TabletRow {
    pub id: TabletId,
    pub name: String,
    pub branch: String,
    pub enrolled_by: String,
    pub enrolled_at: DateTime<Utc>,
    pub last_used_at: Option<DateTime<Utc>>,
}

/// Those of the member's branches.
///
/// # Errors
/// When the database fails.
pub async fn all(tx: &mut TenantTx) -> AppResult<Vec<TabletRow>> {
    let rows = sqlx::query_as!(
        TabletRow,
        r#"select id as "id!: TabletId", name as "name!", branch_name as "branch!", enrolled_by as "enrolled_by!",
             enrolled_at as "enrolled_at!", last_used_at from auth.list_tablets()"#
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows)
}

/// When one's own PIN was set.
///
/// # Errors
/// When the database fails.
pub async fn own_pin<P: Permission>(scope: &mut Scope<P>) -> AppResult<Option<DateTime<Utc>>> {
    let token = scope.token()?;
    let since = sqlx::query_scalar!("select auth.own_pin($1)", &token.hash()[..])
        .fetch_one(scope.conn())
        .await?;
    Ok(since)
}
