//! Reads.
use super::model::Grant;
use crate::server::db::platform::PlatformTx;
use crate::server::prelude::*;

/// The latest, newest first.
pub async fn grants(tx: &mut TenantTx) -> AppResult<Vec<Grant>> {
    let rows = sqlx::query_as!(
        Grant,
        r#"select g.id as "id: SupportGrantId", m.name as who, g.granted_at, g.expires_at, g.ended_at
             from support_grants g join members m on (m.org_id, m.id) = (g.org_id, g.granted_by)
            order by g.granted_at desc, g.id desc limit 20"#
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows)
}

/// What a workshop granted us; who did so is not ours to know.
pub async fn grants_of(tx: &mut PlatformTx, org: OrgId) -> AppResult<Vec<Grant>> {
    let rows = sqlx::query!(
        r#"select granted_at as "granted_at!", expires_at as "expires_at!", ended_at from auth.platform_grants($1)"#,
        org.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let grant = |row: (_, _, _)| Grant {
        id: SupportGrantId::new(uuid::Uuid::nil()),
        who: String::new(),
        granted_at: row.0,
        expires_at: row.1,
        ended_at: row.2,
    };
    Ok(rows
        .into_iter()
        .map(|row| grant((row.granted_at, row.expires_at, row.ended_at)))
        .collect())
}
