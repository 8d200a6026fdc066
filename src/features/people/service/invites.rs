//! Invitations: written down with role and branches, sent as a link whose secret the database never sees.
use super::super::form::NewInvite;
use super::super::model::{Grant, Invite};
use super::super::selectors;
use super::members::roles_json;
use super::{Manager, granted, lock, may_touch, not_here};
use crate::server::mail::{self, Letter, Target};
use crate::server::messages::Words;
use crate::server::prelude::*;
use crate::server::secrets::digest;
use chrono::TimeDelta;
use serde_json::json;
use uuid::Uuid;

/// How long a link opens.
const LIFETIME: TimeDelta = TimeDelta::days(7);

/// Invites an address. Whether somebody has an account with it makes no difference to what happens here.
///
/// # Errors
/// `Invalid` at a field: also when the address is a member's, or invited already.
pub async fn invite(scope: &mut Manager, new: &NewInvite) -> AppResult<InviteId> {
    lock(scope).await?;
    let grant = granted(scope, &new.grant, None).await?;
    not_here(scope, &new.email).await?;
    write(scope, &new.email, "", &grant).await
}

/// Writes the invitation down and queues its letter.
pub(super) async fn write(
    scope: &mut Manager,
    email: &str,
    person: &str,
    grant: &Grant,
) -> AppResult<InviteId> {
    let norm = text::email_norm(email);
    let now = scope.now();
    // One that expired makes room.
    sqlx::query!(
        "update invites set revoked_at = $2 where email_norm = $1 and accepted_at is null and revoked_at is null and expires_at <= $2",
        norm,
        now
    )
    .execute(scope.conn())
    .await?;
    let id = InviteId::new(scope.new_uuid());
    let link = link(scope).await?;
    let invited_by = scope.session().member();
    sqlx::query!(
        "insert into invites (id, link_id, email, email_norm, person, role, custom_role_id, all_branches, branch_ids, invited_by, created_at, expires_at,
                              branch_roles)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        id.uuid(), link, email, norm, person, grant.role.name(), grant.custom.map(CustomRoleId::uuid), grant.reach.is_all(),
        &grant.reach.ids(), invited_by.uuid(), now, now + LIFETIME, roles_json(grant)
    )
    .execute(scope.conn())
    .await
    .on_constraint("invites_open", || {
        let sentence = "This e-mail is already invited. Send that invitation again, or revoke it.";
        AppError::field("email", Problem::other(sentence))
    })?;
    send(scope, email, link, grant).await?;
    let summary = format!("Invited {email} as {}", grant.label);
    let event = AuditEvent::new("invite.sent", "invite", id.uuid(), summary);
    audit::record(
        scope,
        event.detail(json!({ "before": {}, "after": grant.detail() })),
    )
    .await?;
    Ok(id)
}

/// A fresh link; its secret is made again when the letter leaves.
async fn link(scope: &mut Manager) -> AppResult<Uuid> {
    let (link, now) = (scope.new_uuid(), scope.now());
    let hash = digest(&scope.state.keys.link_token(link));
    sqlx::query!(
        "select auth.add_invite_link($1, $2, $3, $4)",
        link,
        &hash[..],
        now,
        now + LIFETIME
    )
    .execute(scope.conn())
    .await?;
    Ok(link)
}

async fn send(scope: &mut Manager, email: &str, link: Uuid, grant: &Grant) -> AppResult<()> {
    let session = scope.session().clone();
    let page = "/invite".to_owned();
    let (words, workshop) = (Words::of_workshop(&session), session.org_name.as_str());
    let text = [
        ("who", session.name.as_str().into()),
        ("workshop", workshop.into()),
        ("role", grant.named(&words).into()),
    ];
    let letter = Letter::of(
        workshop,
        words.phrase("invite-subject", [("workshop", workshop.into())]),
    )
    .say(words.phrase("invite-text", text))
    .button(words.word("invite-button"), Target::Link { page, link })
    .note(words.word("invite-note"))
    .written_in(&words);
    mail::queue(scope, email, &letter).await
}

/// A new link for another seven days; the one sent before opens nothing any more.
///
/// # Errors
/// `NotFound` where none is open; refused when it gives more than one's own role.
pub async fn resend(scope: &mut Manager, id: InviteId) -> AppResult<()> {
    let invite = open(scope, id).await?;
    revoke_link(scope, invite.link).await?;
    let (link, now) = (link(scope).await?, scope.now());
    sqlx::query!(
        "update invites set link_id = $2, expires_at = $3 where id = $1",
        id.uuid(),
        link,
        now + LIFETIME
    )
    .execute(scope.conn())
    .await?;
    send(scope, &invite.email, link, &invite.grant).await?;
    let summary = format!("Sent the invitation of {} again", invite.email);
    let (locale, zone) = (scope.session().locale(), scope.session().zone());
    let event = AuditEvent::new("invite.resent", "invite", id.uuid(), summary).field(
        "Valid until",
        locale.moment(invite.expires_at, &zone),
        locale.moment(now + LIFETIME, &zone),
    );
    audit::record(scope, event).await
}

/// Takes an invitation back.
///
/// # Errors
/// `NotFound` where none is open; refused when it gives more than one's own role.
pub async fn revoke(scope: &mut Manager, id: InviteId) -> AppResult<()> {
    let (invite, now) = (open(scope, id).await?, scope.now());
    revoke_link(scope, invite.link).await?;
    sqlx::query!("update invites set revoked_at = $2 where id = $1", id.uuid(), now)
        .execute(scope.conn())
        .await?;
    let summary = format!("Revoked the invitation of {}", invite.email);
    let event = AuditEvent::new("invite.revoked", "invite", id.uuid(), summary);
    audit::record(scope, event.field("Revoked", false, true)).await
}

/// The open invitation. Its row is held, so that it is not accepted meanwhile.
async fn open(scope: &mut Manager, id: InviteId) -> AppResult<Invite> {
    lock(scope).await?;
    sqlx::query!("select id from invites where id = $1 for update", id.uuid())
        .fetch_optional(scope.conn())
        .await?
        .ok_or(AppError::NotFound)?;
    let invites = selectors::invites(scope).await?;
    let invite = invites
        .into_iter()
        .find(|invite| invite.id == id)
        .ok_or(AppError::NotFound)?;
    may_touch(scope, &invite.grant).await?;
    Ok(invite)
}

async fn revoke_link(scope: &mut Manager, link: Uuid) -> AppResult<()> {
    let now = scope.now();
    sqlx::query!("select auth.revoke_invite_link($1, $2)", link, now)
        .execute(scope.conn())
        .await?;
    Ok(())
}
