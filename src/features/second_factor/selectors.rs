//! The second factor of whoever asks, and who needs one.
use crate::kernel::Permission;
use crate::server::prelude::*;
use chrono::{DateTime, Utc};

/// One's own second factor; its seed is sealed.
#[derive(Clone, Debug)]
pub struct OwnFactor {
    pub sealed: Vec<u8>,
    /// None while the first code is awaited.
    pub confirmed_at: Option<DateTime<Utc>>,
    pub codes_left: i64,
}

/// # Errors
/// When the database fails.
pub async fn own<P: Permission>(scope: &mut Scope<P>) -> AppResult<Option<OwnFactor>> {
    let token = scope.token()?;
    let row = sqlx::query!(
        "select sealed, confirmed_at, codes_left from auth.own_factor($1)",
        &token.hash()[..]
    )
    .fetch_optional(scope.conn())
    .await?;
    Ok(row.and_then(|row| {
        Some(OwnFactor {
            sealed: row.sealed?,
            confirmed_at: row.confirmed_at,
            codes_left: row.codes_left.unwrap_or_default(),
        })
    }))
}

/// The presets whose members need one.
///
/// # Errors
/// When the database fails.
pub async fn required(tx: &mut TenantTx) -> AppResult<Vec<Role>> {
    let names = sqlx::query_scalar!("select second_factor_roles from organization_settings")
        .fetch_one(tx.conn())
        .await?;
    Ok(names.iter().filter_map(|name| Role::parse(name)).collect())
}
