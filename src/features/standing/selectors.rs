//! Reads.
use crate::server::prelude::*;

/// The addresses of everybody who owns the workshop.
///
/// # Errors
/// The database's.
pub async fn owners(tx: &mut TenantTx) -> AppResult<Vec<String>> {
    let rows = sqlx::query_scalar!(
        "select email from members where role = 'owner' and deactivated_at is null order by email"
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows)
}
