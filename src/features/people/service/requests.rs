//! Deciding about those who came with the code.
use super::super::form::NewGrant;
use super::super::model::{Grant, JoinRequest};
use super::super::selectors;
use super::{Manager, granted, invites, lock, members, not_here};
use crate::server::mail::{self, Letter, Target};
use crate::server::messages::Words;
use crate::server::prelude::*;
use serde_json::json;

/// Lets somebody in. Who had signed in when asking is a member now; anybody else gets an invitation, which proves the address.
///
/// # Errors
/// `NotFound` where none waits, `Invalid` at a field.
pub async fn approve(scope: &mut Manager, id: JoinRequestId, wish: &NewGrant) -> AppResult<()> {
    lock(scope).await?;
    let request = selectors::request(scope, id).await?;
    let grant = granted(scope, wish, None).await?;
    decide(scope, id, "approved").await?;
    if request.known {
        admit(scope, &request, &grant).await?;
    } else {
        not_here(scope, &request.email).await?;
        invites::write(scope, &request.email, &request.name, &grant).await?;
    }
    let summary = format!("Approved {}, who asked to join, as {}", request.name, grant.label);
    let event = AuditEvent::new("join_request.approved", "join_request", id.uuid(), summary);
    let event = event.detail(json!({ "before": {}, "after": grant.detail() }));
    audit::record(scope, event.field("Decision", None, Some("approved"))).await
}

/// Refuses somebody's request. They are not told.
///
/// # Errors
/// `NotFound` where none waits.
pub async fn refuse(scope: &mut Manager, id: JoinRequestId) -> AppResult<()> {
    lock(scope).await?;
    let request = selectors::request(scope, id).await?;
    decide(scope, id, "refused").await?;
    let summary = format!("Refused {}, who asked to join", request.name);
    let event = AuditEvent::new("join_request.refused", "join_request", id.uuid(), summary);
    audit::record(scope, event.field("Decision", None, Some("refused"))).await
}

async fn decide(scope: &mut Manager, id: JoinRequestId, outcome: &str) -> AppResult<()> {
    let (now, member) = (scope.now(), scope.session().member());
    let decided = sqlx::query!(
        "update join_requests set decided_at = $2, decided_by = $3, outcome = $4 where id = $1 and decided_at is null",
        id.uuid(),
        now,
        member.uuid(),
        outcome
    )
    .execute(scope.conn())
    .await?;
    if decided.rows_affected() == 0 {
        return Err(AppError::NotFound);
    }
    Ok(())
}

/// The person of the request becomes a member, or a leaver comes back with what is given now.
async fn admit(scope: &mut Manager, request: &JoinRequest, grant: &Grant) -> AppResult<()> {
    let (id, now) = (scope.new_uuid(), scope.now());
    let member = sqlx::query_scalar!(
        r#"insert into members as m (id, user_id, name, email, role, custom_role_id, all_branches, created_at)
           select $2, r.user_id, r.name, r.email, $3, $4, $5, $6 from join_requests r where r.id = $1 and r.user_id is not null
           on conflict (org_id, user_id) do update
              set role = excluded.role, custom_role_id = excluded.custom_role_id, all_branches = excluded.all_branches,
                  deactivated_at = null, deactivated_reason = '', version = m.version + 1
            where m.deactivated_at is not null
           returning id as "id: MemberId""#,
        request.id.uuid(),
        id,
        grant.role.name(),
        grant.custom.map(CustomRoleId::uuid),
        grant.reach.is_all(),
        now
    )
    .fetch_optional(scope.conn())
    .await?
    .ok_or_else(|| AppError::refused(format!("{} already works here.", request.name)))?;
    members::place(scope, member, grant).await?;
    sqlx::query!("select auth.affiliate($1)", request.id.uuid())
        .execute(scope.conn())
        .await?;
    let session = scope.session().clone();
    let (words, workshop) = (Words::of_workshop(&session), session.org_name.as_str());
    let text = [
        ("who", session.name.as_str().into()),
        ("role", grant.named(&words).into()),
    ];
    let letter = Letter::of(
        workshop,
        words.phrase("admitted-subject", [("workshop", workshop.into())]),
    )
    .say(words.phrase("admitted-text", text))
    .button(
        words.word("admitted-button"),
        Target::Page("/dashboard".to_owned()),
    )
    .note(words.word("admitted-note"))
    .written_in(&words);
    mail::queue(scope, &request.email, &letter).await
}
