//! Roles as they stand.
use super::model::{RoleKey, RoleOf};
use crate::kernel::permission::RightOverrides;
use crate::server::prelude::*;

/// Every role that members can have, presets first. Owners are not among them: theirs is not to be changed.
///
/// # Errors
/// When the database fails.
pub async fn all(tx: &mut TenantTx) -> AppResult<Vec<RoleOf>> {
    // One round trip for the roles, their departures and how many hold them.
    let rows = sqlx::query!(
        r#"select 'own' as "what!", id as "custom_role_id: CustomRoleId", base_role as "role!", name as "word!", false as "granted!", 0::bigint as "members!"
             from custom_roles where archived_at is null
           union all
           select 'right', custom_role_id, role, right_name, granted, 0 from role_rights
           union all
           select 'held', h.custom_role_id, h.role, '', false, count(*)
             from (select m.id, m.role, m.custom_role_id from members m where m.deactivated_at is null
                   union
                   select m.id, b.role, b.custom_role_id from members m join member_branches b on (b.org_id, b.member_id) = (m.org_id, m.id)
                    where m.deactivated_at is null and b.role is not null) h
            group by h.role, h.custom_role_id
           order by 4"#
    )
    .fetch_all(tx.conn())
    .await?;
    let of = |what: &'static str| rows.iter().filter(move |row| row.what == what);
    let presets = Role::ALL.into_iter().filter(|role| *role != Role::Owner);
    let terms = tx.session().terms();
    let presets = presets.map(|role| (RoleKey::Preset(role), terms.role(role), role));
    let own = of("own").filter_map(|row| {
        Some((
            RoleKey::Own(row.custom_role_id?),
            row.word.clone(),
            Role::parse(&row.role)?,
        ))
    });
    let roles = presets.chain(own).map(|(key, name, base)| {
        let is = |role: &str, id: Option<CustomRoleId>| match key {
            RoleKey::Preset(preset) => id.is_none() && role == preset.name(),
            RoleKey::Own(own) => id == Some(own),
        };
        let mine = of("right").filter(|row| is(&row.role, row.custom_role_id));
        RoleOf {
            departures: mine
                .map(|row| (row.word.clone(), row.granted))
                .collect::<RightOverrides>(),
            members: of("held")
                .filter(|row| is(&row.role, row.custom_role_id))
                .map(|row| row.members)
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
