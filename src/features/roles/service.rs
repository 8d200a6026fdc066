//! The rules of rights.
use super::form::NewRole;
use super::model::{RoleKey, RoleOf, RoleRights};
use super::selectors;
use crate::kernel::permission::{ManageRoles, RIGHTS, Right};
use crate::server::prelude::*;

const NAME_TAKEN: &str = "A role with this name already exists.";

/// Gives and takes what was ticked or cleared since the table was shown, so that what somebody else changed meanwhile stays; how many
/// roles changed.
///
/// # Errors
/// `NotFound` when one of them is no role of this workshop.
pub async fn save(scope: &mut Scope<ManageRoles>, wishes: &[RoleRights]) -> AppResult<usize> {
    lock(scope).await?;
    let roles = selectors::all(scope).await?;
    let mut changed = 0;
    for wish in wishes {
        let role = roles
            .iter()
            .find(|role| role.key == wish.key)
            .ok_or(AppError::NotFound)?;
        changed += usize::from(apply(scope, role, wish).await?);
    }
    Ok(changed)
}

/// One owner at a time: two tables saved at once would mix.
async fn lock(tx: &mut TenantTx) -> AppResult<()> {
    sqlx::query!("select org_id from organization_settings for update")
        .fetch_one(tx.conn())
        .await?;
    Ok(())
}

async fn apply(tx: &mut TenantTx, role: &RoleOf, wish: &RoleRights) -> AppResult<bool> {
    let switches = tx.session().switches();
    let held = role.rights(switches);
    let (mut given, mut taken) = (Vec::new(), Vec::new());
    for right in RIGHTS.iter().filter(|right| right.switchable()) {
        let (held, ticked) = (held.contains(right.name), wish.rights.contains(&right.name));
        let shown = wish
            .shown
            .as_ref()
            .map_or(held, |shown| shown.contains(&right.name));
        match (held, ticked) {
            _ if ticked == shown => continue,
            (false, true) => given.push(right),
            (true, false) => taken.push(right),
            _ => continue,
        }
    }
    if given.is_empty() && taken.is_empty() {
        return Ok(false);
    }
    for (rights, granted) in [(&given, true), (&taken, false)] {
        for right in rights {
            depart(tx, role, right, granted).await?;
        }
    }
    let labels = |rights: &[&Right]| {
        rights
            .iter()
            .map(|right| right.action)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut summary = format!("Changed the rights of the role {}", role.name);
    if !given.is_empty() {
        summary.push_str(&format!("; added: {}", labels(&given)));
    }
    if !taken.is_empty() {
        summary.push_str(&format!("; removed: {}", labels(&taken)));
    }
    let entity = role.custom().map_or_else(|| tx.org().uuid(), CustomRoleId::uuid);
    let mut event = AuditEvent::new("role.rights_changed", "role", entity, summary);
    for (rights, granted) in [(&given, true), (&taken, false)] {
        for right in rights {
            event = event.field(right.action, !granted, granted);
        }
    }
    audit::record(tx, event).await?;
    Ok(true)
}

/// Notes one departure from the preset, or forgets it where the wish is the preset's own.
async fn depart(tx: &mut TenantTx, role: &RoleOf, right: &Right, granted: bool) -> AppResult<()> {
    let preset = (right.granted_to)(role.base, tx.session().switches());
    let own = role.custom().map(CustomRoleId::uuid);
    if granted == preset {
        sqlx::query!(
            "delete from role_rights where role = $1 and custom_role_id is not distinct from $2 and right_name = $3",
            role.base.name(),
            own,
            right.name
        )
        .execute(tx.conn())
        .await?;
        return Ok(());
    }
    sqlx::query!(
        "insert into role_rights (role, custom_role_id, right_name, granted) values ($1, $2, $3, $4)
         on conflict (org_id, role_key, right_name) do update set granted = excluded.granted",
        role.base.name(),
        own,
        right.name,
        granted
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A role of the workshop's own; it starts with what its preset may do here.
///
/// # Errors
/// `Invalid` at `name` when there is one of that name.
pub async fn create(scope: &mut Scope<ManageRoles>, new: &NewRole) -> AppResult<CustomRoleId> {
    let (name, base) = (&new.name, new.base);
    let terms = scope.session().terms();
    // A preset has the workshop's word for it, which the form does not know.
    if Role::ALL
        .iter()
        .any(|role| terms.role(*role).eq_ignore_ascii_case(name))
    {
        return Err(AppError::field("name", Problem::other(NAME_TAKEN)));
    }
    lock(scope).await?;
    let (id, now) = (CustomRoleId::new(scope.new_uuid()), scope.now());
    sqlx::query!(
        "insert into custom_roles (id, name, base_role, created_at) values ($1, $2, $3, $4)",
        id.uuid(),
        name,
        base.name(),
        now
    )
    .execute(scope.conn())
    .await
    .on_constraint("custom_roles_name", || {
        AppError::field("name", Problem::other(NAME_TAKEN))
    })?;
    sqlx::query!(
        "insert into role_rights (role, custom_role_id, right_name, granted)
         select role, $2, right_name, granted from role_rights where role = $1 and custom_role_id is null",
        base.name(),
        id.uuid()
    )
    .execute(scope.conn())
    .await?;
    let base = terms.role(base);
    let summary = format!("Added the role {name}, based on {base}");
    let event = AuditEvent::new("role.created", "role", id.uuid(), summary)
        .field("Name", None, Some(name.as_str()))
        .field("Based on", None, Some(base.as_str()));
    audit::record(scope, event).await?;
    Ok(id)
}

/// Archives a role that nobody has any more.
///
/// # Errors
/// `NotFound`; refused while somebody has it.
pub async fn archive(scope: &mut Scope<ManageRoles>, id: CustomRoleId) -> AppResult<()> {
    lock(scope).await?;
    let role = selectors::one(scope, RoleKey::Own(id)).await?;
    if role.members > 0 {
        return Err(AppError::refused(format!(
            "People still have the role {}. Give them another role first.",
            role.name
        )));
    }
    let invited = sqlx::query_scalar!(
        r#"select exists (select from invites where accepted_at is null and revoked_at is null
                     and (custom_role_id = $1 or branch_roles @> jsonb_build_array(jsonb_build_object('custom_role_id', $1)))) as "invited!""#,
        id.uuid()
    )
    .fetch_one(scope.conn())
    .await?;
    if invited {
        return Err(AppError::refused(format!(
            "Someone is invited with the role {}. Revoke that invitation first.",
            role.name
        )));
    }
    let now = scope.now();
    sqlx::query!(
        "update custom_roles set archived_at = $2 where id = $1",
        id.uuid(),
        now
    )
    .execute(scope.conn())
    .await?;
    let summary = format!("Archived the role {}", role.name);
    let event = AuditEvent::new("role.archived", "role", id.uuid(), summary);
    audit::record(scope, event.field("Archived", false, true)).await
}
