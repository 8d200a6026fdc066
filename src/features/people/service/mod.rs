//! The rules of who may come in, as what, and who decides it.
mod code;
mod entry;
mod invites;
mod members;
mod requests;

pub use code::{rotate, switch_off};
pub use entry::{accept, ask_to_join, invitation};
pub use invites::{invite, resend, revoke};
pub(crate) use members::join_branch;
pub use members::{change, deactivate, reactivate};
pub use requests::{approve, refuse};

use super::form::{NOWHERE, NewGrant, role_in};
use super::model::{BranchAccess, BranchRole, Grant};
use super::selectors;
use crate::features::roles::{self, RoleKey};
use crate::kernel::permission::{ManageMembers, RightOverrides, rights_of};
use crate::server::db::tenant::Session;
use crate::server::prelude::*;

/// One decision about people at a time, so that two cannot each take the other for the last owner.
async fn lock(tx: &mut TenantTx) -> AppResult<()> {
    sqlx::query!("select org_id from organization_settings for update")
        .fetch_one(tx.conn())
        .await?;
    Ok(())
}

/// Whether `session` may decide about somebody of this role: an owner about everybody, others about roles that hold no more than theirs.
fn may_grant(session: &Session, role: Role, departures: &RightOverrides) -> bool {
    if session.is_owner() {
        return true;
    }
    let own = session.rights_everywhere();
    role != Role::Owner && rights_of(role, session.switches(), departures).is_subset(&own)
}

/// The roles that this member may give, by key and name.
pub(in crate::features::people) async fn roles_to_give(
    tx: &mut TenantTx,
) -> AppResult<Vec<(RoleKey, String)>> {
    let session = tx.session().clone();
    let roles = roles::selectors::all(tx).await?.into_iter();
    let own = roles.filter(|role| may_grant(&session, role.base, &role.departures));
    let own = own.map(|role| (role.key, role.name));
    let owner = session
        .is_owner()
        .then(|| (RoleKey::Preset(Role::Owner), session.terms().role(Role::Owner)));
    Ok(owner.into_iter().chain(own).collect())
}

/// Refuses to touch somebody whose role holds more than one's own.
async fn may_touch(tx: &mut TenantTx, grant: &Grant) -> AppResult<()> {
    let roles = roles::selectors::all(tx).await?;
    // Of a role that was archived meanwhile nothing but its preset is left.
    let departures = |key: RoleKey| {
        let role = roles.iter().find(|role| role.key == key);
        role.map_or_else(RightOverrides::new, |role| role.departures.clone())
    };
    if grant
        .keys()
        .all(|(role, key)| may_grant(tx.session(), role, &departures(key)))
    {
        return Ok(());
    }
    Err(AppError::refused(
        "This person has more rights than you. Only an owner can change this.",
    ))
}

/// What somebody wants to give, if they may give it. `before` is what the person has: branches beyond the sender's own stay.
async fn granted(tx: &mut TenantTx, wish: &NewGrant, before: Option<&Grant>) -> AppResult<Grant> {
    let mut check = Checker::new();
    let role = role_of(tx, wish.role).await?;
    let role = check.check("role", role);
    let owner = role.as_ref().is_some_and(|role| role.0 == Role::Owner);
    let reach = if owner {
        Some(BranchAccess::All)
    } else {
        check.check("branches", reach_of(tx.session(), wish, before))
    };
    let branch_roles = match (owner, &reach) {
        (false, Some(reach)) => branch_roles(tx, wish, before, reach, &mut check).await?,
        _ => Vec::new(),
    };
    let grant = role.zip(reach).map(|((role, custom, label), reach)| Grant {
        branch_roles: differing(branch_roles, role, custom),
        role,
        custom,
        label,
        reach,
    });
    Ok(check.finish(grant)?)
}

/// The role in each branch for which one is named. Those in branches beyond the sender's own stay.
async fn branch_roles(
    tx: &mut TenantTx,
    wish: &NewGrant,
    before: Option<&Grant>,
    reach: &BranchAccess,
    check: &mut Checker,
) -> AppResult<Vec<BranchRole>> {
    let own = tx.session().branches();
    let mut roles = Vec::new();
    for branch in own.iter().filter(|branch| reach.has(branch.id)) {
        let Some((_, key)) = wish.branch_roles.iter().find(|(of, _)| *of == branch.id) else {
            continue;
        };
        let role = match role_of(tx, *key).await? {
            Ok((Role::Owner, ..)) => Err(Problem::other("An owner is one in all branches.")),
            named => named,
        };
        if let Some((role, custom, label)) = check.check(&role_in(branch.id), role) {
            let branch = branch.id;
            roles.push(BranchRole {
                branch,
                role,
                custom,
                label,
            });
        }
    }
    let had = before.map_or(&[][..], |before| &before.branch_roles);
    let beyond = had
        .iter()
        .filter(|had| own.iter().all(|own| own.id != had.branch));
    roles.extend(beyond.filter(|had| reach.has(had.branch)).cloned());
    Ok(roles)
}

/// What is the membership's role anyway is not written down for a branch.
fn differing(roles: Vec<BranchRole>, role: Role, custom: Option<CustomRoleId>) -> Vec<BranchRole> {
    let differs = |own: &BranchRole| (own.role, own.custom) != (role, custom);
    roles.into_iter().filter(differs).collect()
}

type Named = (Role, Option<CustomRoleId>, String);

async fn role_of(tx: &mut TenantTx, key: RoleKey) -> AppResult<Result<Named, Problem>> {
    let more = "This role has more rights than you. Only an owner can give it.";
    if key == RoleKey::Preset(Role::Owner) {
        let owner = tx.session().is_owner();
        let named = (Role::Owner, None, Role::Owner.label().to_owned());
        return Ok(if owner {
            Ok(named)
        } else {
            Err(Problem::other(more))
        });
    }
    let role = match roles::selectors::one(tx, key).await {
        Ok(role) => role,
        Err(AppError::NotFound) => return Ok(Err(Problem::other("Choose a role."))),
        Err(other) => return Err(other),
    };
    Ok(if may_grant(tx.session(), role.base, &role.departures) {
        Ok((role.base, role.custom(), role.name))
    } else {
        Err(Problem::other(more))
    })
}

/// Only one's own branches can be given or taken, and all of them only by somebody who has all.
fn reach_of(session: &Session, wish: &NewGrant, before: Option<&Grant>) -> Result<BranchAccess, Problem> {
    let had_all = before.is_some_and(|before| before.reach.is_all());
    if !session.all_branches && wish.reach != had_all {
        return Err(Problem::other(
            "Only people who work in all branches can give all branches.",
        ));
    }
    if wish.reach {
        return Ok(BranchAccess::All);
    }
    let own: Vec<BranchId> = session.branches().into_iter().map(|branch| branch.id).collect();
    let mut chosen = Vec::new();
    for id in &wish.branches {
        let id = own.contains(id).then_some(*id);
        chosen.push(id.ok_or_else(|| Problem::other("Choose from your own branches."))?);
    }
    if let Some(BranchAccess::Chosen(had)) = before.map(|before| &before.reach) {
        chosen.extend(had.iter().filter(|id| !own.contains(id)));
    }
    if chosen.is_empty() {
        return Err(Problem::other(NOWHERE));
    }
    Ok(BranchAccess::Chosen(chosen))
}

/// Refuses an address that works here already, or did: a leaver is reactivated, so that their history stays theirs.
async fn not_here(tx: &mut TenantTx, email: &str) -> AppResult<()> {
    let norm = text::email_norm(email);
    let members = selectors::members(tx).await?;
    let Some(member) = members
        .iter()
        .find(|member| text::email_norm(&member.email) == norm)
    else {
        return Ok(());
    };
    let sentence = if member.active() {
        format!("{} already works here.", member.name)
    } else {
        format!(
            "{} worked here before. Reactivate the membership instead.",
            member.name
        )
    };
    Err(AppError::field("email", Problem::other(sentence)))
}

/// The type of scope that all of this asks for.
type Manager = Scope<ManageMembers>;
