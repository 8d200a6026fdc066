//! Roles as they stand.
use super::model::{RoleKey, RoleOf};
use crate::kernel::permission::Departures;
use crate::server::prelude::*;

/// Every role that members can have, presets first. Owners are not among them: theirs is not to be changed.
///
/// # Errors
/// When the database fails.
pub async fn all(tx: &mut TenantTx) -> AppResult<Vec<RoleOf>> {
    let own = sqlx::query!(
        r#"select id as "id: CustomRoleId", name, base_role from custom_roles where archived_at is null order by name"#
    )
    .fetch_all(tx.conn())
    .await?;
    let departures = sqlx::query!(
        r#"select role, custom_role_id as "custom_role_id: CustomRoleId", right_name, granted from role_rights"#
    )
    .fetch_all(tx.conn())
    .await?;
    let members = sqlx::query!(
        r#"select role, custom_role_id as "custom_role_id: CustomRoleId", count(*) as "count!" from members
            where deactivated_at is null group by role, custom_role_id"#
    )
    .fetch_all(tx.conn())
    .await?;
    let presets = Role::ALL.into_iter().filter(|role| *role != Role::Owner);
    let presets = presets.map(|role| (RoleKey::Preset(role), role.label().to_owned(), role));
    let own = own
        .into_iter()
        .filter_map(|row| Some((RoleKey::Own(row.id), row.name, Role::parse(&row.base_role)?)));
    let roles = presets.chain(own).map(|(key, name, base)| {
        let is = |role: &str, id: Option<CustomRoleId>| match key {
            RoleKey::Preset(preset) => id.is_none() && role == preset.name(),
            RoleKey::Own(own) => id == Some(own),
        };
        let mine = departures.iter().filter(|row| is(&row.role, row.custom_role_id));
        RoleOf {
            departures: mine
                .map(|row| (row.right_name.clone(), row.granted))
                .collect::<Departures>(),
            members: members
                .iter()
                .filter(|row| is(&row.role, row.custom_role_id))
                .map(|row| row.count)
                .sum(),
            key,
            name,
            base,
        }
    });
    Ok(roles.collect())
}

/// One of them.
///
/// # Errors
/// `NotFound` when the workshop has no such role (any more).
pub async fn one(tx: &mut TenantTx, key: RoleKey) -> AppResult<RoleOf> {
    let mut roles = all(tx).await?.into_iter();
    roles.find(|role| role.key == key).ok_or(AppError::NotFound)
}
