//! The rules of shared tablets and PINs.
use super::form::{Enrolment, NewPin, Switching};
use crate::kernel::permission::{KeepAccount, ManageTablets, RetireTablets};
use crate::server::auth::session::Token;
use crate::server::db::tablet::{self, PinSession};
use crate::server::prelude::*;
use chrono::TimeDelta;

/// A tablet lies about: whoever walks away is signed out soon, and at the end of the day in any case.
const IDLE: TimeDelta = TimeDelta::minutes(30);
const LONGEST: TimeDelta = TimeDelta::hours(12);

/// Makes this browser a tablet of a branch: the secret that it keeps.
///
/// # Errors
/// `NotFound` for a branch that is not the member's.
pub async fn enrol(scope: &mut Scope<ManageTablets>, new: &Enrolment) -> AppResult<Token> {
    let name = &new.name;
    let branch = scope.session().branch(new.branch)?;
    let (id, token, now) = (scope.new_uuid(), Token::generate(), scope.now());
    sqlx::query!(
        "select auth.enrol_tablet($1, $2, $3, $4, $5)",
        id,
        &token.hash()[..],
        branch.id.uuid(),
        name,
        now
    )
    .execute(scope.conn())
    .await?;
    let summary = format!("Set up the shared tablet {name} at {}", branch.name);
    let event = AuditEvent::new("tablet.enrolled", "tablet", id, summary)
        .field("Name", None, Some(name.as_str()))
        .field("Branch", None, Some(branch.name.as_str()));
    audit::record(scope, event).await?;
    Ok(token)
}

/// Makes a tablet a browser like any other; whoever is signed in there by PIN is signed out.
///
/// # Errors
/// `NotFound` when it is none of the member's branches (any more).
pub async fn retire(scope: &mut Scope<RetireTablets>, id: TabletId) -> AppResult<String> {
    let now = scope.now();
    let name = sqlx::query_scalar!("select auth.retire_tablet($1, $2)", id.uuid(), now)
        .fetch_one(scope.conn())
        .await?
        .ok_or(AppError::NotFound)?;
    let summary = format!("Removed the tablet {name}");
    let event = AuditEvent::new("tablet.retired", "tablet", id.uuid(), summary);
    audit::record(scope, event.field("Shared tablet", true, false)).await?;
    Ok(name)
}

/// Sets one's own PIN.
///
/// # Errors
/// `Invalid` at `pin`, `Busy`.
pub async fn set_pin(scope: &mut Scope<KeepAccount>, new: &NewPin) -> AppResult<()> {
    let (member, token, now) = (scope.session().member(), scope.token()?, scope.now());
    let before = sqlx::query_scalar!("select auth.own_pin($1)", &token.hash()[..])
        .fetch_one(scope.conn())
        .await?
        .map_or("none", |_| "set");
    let peppered = scope.state.keys.pepper("pin", member.uuid(), &new.pin);
    let hash = scope.state.hasher.clone().hash(&peppered).await?;
    sqlx::query!("select auth.set_pin($1, $2, $3)", &token.hash()[..], hash, now)
        .execute(scope.conn())
        .await?;
    let event = AuditEvent::new("pin.set", "member", member.uuid(), "Set a PIN");
    audit::record(scope, event.field("PIN", before, "new")).await
}

/// Removes it.
///
/// # Errors
/// When the database fails.
pub async fn drop_pin(scope: &mut Scope<KeepAccount>) -> AppResult<()> {
    let (member, token) = (scope.session().member(), scope.token()?);
    sqlx::query!("select auth.drop_pin($1)", &token.hash()[..])
        .execute(scope.conn())
        .await?;
    let event = AuditEvent::new("pin.removed", "member", member.uuid(), "Removed the PIN");
    audit::record(scope, event.field("PIN", "set", "none")).await
}

/// A session for somebody of the tablet's branch whose PIN is right. None when the browser is no tablet.
///
/// # Errors
/// `Invalid` at `pin`, `SlowDown`, `Busy`.
pub async fn switch(visitor: &Visitor, who: &Switching) -> AppResult<Option<Token>> {
    let (state, now) = (&visitor.state, visitor.state.clock.now());
    let Some(secret) = visitor.request.tablet.as_ref().map(Token::hash) else {
        return Ok(None);
    };
    let member = who.member;
    let Some(guess) = tablet::begin_pin(&state.db, &secret, member, now).await? else {
        return Ok(None);
    };
    let peppered = state.keys.pepper("pin", member.uuid(), who.pin.trim());
    let fits = state.hasher.verify(&peppered, guess.pin_hash.as_deref()).await?;
    let (token, address) = (Token::generate(), visitor.request.address.to_string());
    let new = PinSession {
        token_hash: token.hash(),
        former_hash: visitor.request.token.as_ref().map(Token::hash),
        at: now,
        idle: IDLE,
        expires_at: now + LONGEST,
        address: &address,
        user_agent: &visitor.request.user_agent,
        event: state.clock.new_uuid(),
        request_id: &visitor.request.id,
    };
    if tablet::finish_pin(&state.db, &guess, member, fits, &new).await? {
        Ok(Some(token))
    } else {
        Err(AppError::field("pin", Problem::other("Wrong PIN.")))
    }
}
