//! Leaving and coming back: recorded in the audit log, with a letter to every owner.
use super::letters;
use super::model::day;
use super::selectors;
use crate::kernel::permission::LeaveGantry;
use crate::server::mail::{self, Letter};
use crate::server::messages::Words;
use crate::server::prelude::*;

/// Ends it: read-only from now on, locked in thirty days, or sooner where it was not paid for long; what is locked stays so.
///
/// # Errors
/// Refused when the workshop left already.
pub async fn leave(scope: &mut Scope<LeaveGantry>) -> AppResult<()> {
    let now = scope.now();
    let locks_at = selectors::locks_when_leaving(scope).await?;
    let left = sqlx::query_scalar!(r#"select auth.leave($1) as "left!""#, now)
        .fetch_one(scope.conn())
        .await?;
    if !left {
        return Err(AppError::refused("This workshop has already left."));
    }
    let session = scope.session().clone();
    let locked_on = (session.state != OrgState::Locked).then(|| day(&session, locks_at));
    let summary = match &locked_on {
        Some(day) => format!("Left Gantry. The workshop is read-only, and locked on {day}"),
        None => "Left Gantry. The workshop stays locked".to_owned(),
    };
    let letter = letters::left(
        &Words::of_workshop(&session),
        &session.org_name,
        &session.name,
        locked_on.as_deref(),
    );
    let org = scope.org().uuid();
    let event = AuditEvent::new("organization.left", "organization", org, summary)
        .field("Left", false, true)
        .field("Locked on", None, locked_on);
    tell(scope, event, letter).await
}

/// Takes it back while the workshop can be read.
///
/// # Errors
/// Refused when it did not leave, or too long ago.
pub async fn come_back(scope: &mut Scope<LeaveGantry>) -> AppResult<()> {
    let now = scope.now();
    let back = sqlx::query_scalar!(r#"select auth.come_back($1) as "back!""#, now)
        .fetch_one(scope.conn())
        .await?;
    if !back {
        return Err(AppError::refused(
            "This workshop did not leave, or its 30 days are over.",
        ));
    }
    let session = scope.session().clone();
    let letter = letters::came_back(&Words::of_workshop(&session), &session.org_name, &session.name);
    let (org, summary) = (scope.org().uuid(), "Came back to Gantry");
    let event = AuditEvent::new("organization.came_back", "organization", org, summary);
    tell(scope, event.field("Left", true, false), letter).await
}

async fn tell(scope: &mut Scope<LeaveGantry>, event: AuditEvent, letter: Letter) -> AppResult<()> {
    for owner in selectors::owners(scope).await? {
        mail::queue(scope, &owner, &letter).await?;
    }
    audit::record(scope, event).await
}
