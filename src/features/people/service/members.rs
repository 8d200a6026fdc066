//! Changing, deactivating and reactivating members.
use super::super::form::MemberChange;
use super::super::model::{Grant, Member};
use super::super::selectors;
use super::{Manager, granted, lock, may_touch};
use crate::kernel::form::Reason;
use crate::kernel::permission::DismissMembers;
use crate::server::prelude::*;
use serde_json::json;

/// Another role, other branches. Acts on the member's next request.
///
/// # Errors
/// `NotFound`, `Invalid` at a field, `ChangedMeanwhile`; refused for the last owner and for whoever may do more than oneself.
pub async fn change(scope: &mut Manager, id: MemberId, new: &MemberChange, version: i32) -> AppResult<()> {
    lock(scope).await?;
    let before = selectors::member(scope, id).await?;
    may_touch(scope, &before.grant).await?;
    let grant = granted(scope, &new.grant, Some(&before.grant)).await?;
    if grant.role != Role::Owner {
        keep_an_owner(scope, &before).await?;
    }
    let changed = sqlx::query!(
        "update members set role = $3, custom_role_id = $4, all_branches = $5, version = version + 1 where id = $1 and version = $2",
        id.uuid(),
        version,
        grant.role.name(),
        grant.custom.map(CustomRoleId::uuid),
        grant.reach.is_all()
    )
    .execute(scope.conn())
    .await?;
    if changed.rows_affected() == 0 {
        return Err(Conflict::ChangedMeanwhile.into());
    }
    place(scope, id, &grant).await?;
    let summary = summarize_changes(scope, &before, &grant).await?;
    let detail = json!({ "before": before.grant.detail(), "after": grant.detail() });
    audit::record(
        scope,
        AuditEvent::new("member.changed", "member", id.uuid(), summary).detail(detail),
    )
    .await
}

async fn summarize_changes(tx: &mut TenantTx, before: &Member, grant: &Grant) -> AppResult<String> {
    let (name, from, to) = (&before.name, &before.grant.label, &grant.label);
    if before.grant.key() != grant.key() {
        return Ok(format!("Changed the role of {name} from {from} to {to}"));
    }
    if before.grant.branch_roles == grant.branch_roles {
        return Ok(format!("Changed the branches of {name}"));
    }
    let (branches, _) = selectors::branches(tx).await?;
    Ok(format!(
        "Changed where {name} works as what: {to}, {}",
        grant.places(&branches)
    ))
}

/// Puts a member into exactly the grant's branches, with the role of each.
pub(super) async fn place(tx: &mut TenantTx, id: MemberId, grant: &Grant) -> AppResult<()> {
    let mut ids = grant.reach.ids();
    let own = grant.branch_roles.iter().map(|own| own.branch.uuid());
    ids.extend(own.filter(|_| grant.reach.is_all()));
    sqlx::query!(
        "delete from member_branches where member_id = $1 and branch_id <> all ($2)",
        id.uuid(),
        &ids
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into member_branches (member_id, branch_id, role, custom_role_id)
         select $1, b.id, o.role, o.custom_role_id
           from unnest($2::uuid[]) b (id)
           left join jsonb_to_recordset($3) o (branch_id uuid, role text, custom_role_id uuid) on o.branch_id = b.id
         on conflict (org_id, member_id, branch_id) do update set role = excluded.role, custom_role_id = excluded.custom_role_id",
        id.uuid(),
        &ids,
        roles_json(grant)
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// As `invites.branch_roles` keeps them.
pub(super) fn roles_json(grant: &Grant) -> serde_json::Value {
    let own = grant.branch_roles.iter();
    let own = own.map(|own| {
        json!({ "branch_id": own.branch.uuid(), "role": own.role.name(), "custom_role_id": own.custom.map(CustomRoleId::uuid) })
    });
    own.collect()
}

/// Without an owner nobody could give rights any more. The database looks again.
async fn keep_an_owner(tx: &mut TenantTx, leaving: &Member) -> AppResult<()> {
    if leaving.grant.role != Role::Owner || !leaving.active() {
        return Ok(());
    }
    let members = selectors::members(tx).await?;
    let others = members
        .iter()
        .filter(|member| member.active() && member.grant.role == Role::Owner && member.id != leaving.id);
    if others.count() == 0 {
        return Err(AppError::refused(
            "This is the last owner. Make someone else an owner first.",
        ));
    }
    Ok(())
}

/// Ends a membership: its sessions die with the commit, its place is free, and everything it did keeps its name.
///
/// # Errors
/// `NotFound`; refused for the last owner and for whoever may do more than oneself.
pub async fn deactivate(scope: &mut Scope<DismissMembers>, id: MemberId, why: &Reason) -> AppResult<()> {
    lock(scope).await?;
    let member = selectors::member(scope, id).await?;
    may_touch(scope, &member.grant).await?;
    let reason = &why.reason;
    keep_an_owner(scope, &member).await?;
    let now = scope.now();
    let left = sqlx::query!(
        "update members set deactivated_at = $2, deactivated_reason = $3, version = version + 1 where id = $1 and deactivated_at is null",
        id.uuid(),
        now,
        reason
    )
    .execute(scope.conn())
    .await?;
    if left.rows_affected() == 0 {
        return Err(Conflict::ChangedMeanwhile.into());
    }
    let summary = format!("Deactivated {}: {reason}", member.name);
    let detail = json!({ "before": { "active": true }, "after": { "active": false, "reason": reason } });
    audit::record(
        scope,
        AuditEvent::new("member.deactivated", "member", id.uuid(), summary).detail(detail),
    )
    .await
}

/// Opens a membership again, with the role and branches it had.
///
/// # Errors
/// `NotFound`; refused for whoever may do more than oneself.
pub async fn reactivate(scope: &mut Manager, id: MemberId) -> AppResult<()> {
    lock(scope).await?;
    let member = selectors::member(scope, id).await?;
    may_touch(scope, &member.grant).await?;
    let back = sqlx::query!(
        "update members set deactivated_at = null, deactivated_reason = '', version = version + 1 where id = $1 and deactivated_at is not null",
        id.uuid()
    )
    .execute(scope.conn())
    .await?;
    if back.rows_affected() == 0 {
        return Err(Conflict::ChangedMeanwhile.into());
    }
    let summary = format!("Reactivated {}", member.name);
    let detail = json!({ "before": { "active": false, "reason": member.deactivated_reason }, "after": { "active": true } });
    audit::record(
        scope,
        AuditEvent::new("member.reactivated", "member", id.uuid(), summary).detail(detail),
    )
    .await
}

/// Somebody who works in some branches only works in this one too.
pub(crate) async fn join_branch(tx: &mut TenantTx, member: MemberId, branch: BranchId) -> AppResult<()> {
    sqlx::query!(
        "insert into member_branches (member_id, branch_id) values ($1, $2)",
        member.uuid(),
        branch.uuid()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
