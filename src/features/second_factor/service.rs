//! The rules of the second factor.
use super::codes::{self, Seed};
use super::form::{Policy, Removal};
use super::selectors::{self, OwnFactor};
use crate::features::identity::letters;
use crate::features::identity::service::SessionTokens;
use crate::features::workshop;
use crate::kernel::permission::{KeepAccount, ManageRoles};
use crate::server::auth::prove;
use crate::server::auth::session::Token;
use crate::server::db::factor;
use crate::server::db::links::{self, Limit};
use crate::server::prelude::*;
use chrono::TimeDelta;

/// Wrong codes of one person, also when signed in.
const CODES: Limit = Limit {
    what: "code",
    span: TimeDelta::minutes(15),
    most: 5,
    most_a_day: 40,
};

fn wrong() -> AppError {
    AppError::field(
        "code",
        Problem::other("Wrong code, or already used. Wait for the next one."),
    )
}

/// A session for somebody whose password was right, and whose code is. None when that sign-in is over.
///
/// # Errors
/// `Invalid` at `code`, `SlowDown`, or the database's.
pub async fn give_code(visitor: &Visitor, typed: &str) -> AppResult<Option<SessionTokens>> {
    let (state, now) = (&visitor.state, visitor.state.clock.now());
    let Some(pending) = visitor.request.pending.as_ref().map(Token::hash) else {
        return Ok(None);
    };
    let Some(due) = factor::begin_second_step(&state.db, &pending, now).await? else {
        return Ok(None);
    };
    let code = codes::read(&state.keys, due.user, &due.sealed, typed, now)?;
    let (keys, address) = (
        SessionTokens::after_code(visitor),
        visitor.request.address.to_string(),
    );
    let opening = keys.opening(visitor, &address);
    if factor::finish_second_step(&state.db, &pending, due.turn, &code, &opening).await? {
        Ok(Some(keys))
    } else {
        Err(wrong())
    }
}

/// Begins one with a fresh seed.
///
/// # Errors
/// When the database fails.
pub async fn begin(visitor: &Visitor, user: UserId) -> AppResult<()> {
    let (state, now) = (&visitor.state, visitor.state.clock.now());
    let sealed = Seed::generate().seal(&state.keys, user)?;
    factor::begin(&state.db, &token(visitor)?, &sealed, now).await
}

/// Confirms it with its first code: the session's new token, and the recovery codes, which nobody sees again.
///
/// # Errors
/// `Invalid` at `code`, `NotFound` when none was begun.
pub async fn confirm(
    visitor: &Visitor,
    user: UserId,
    own: &OwnFactor,
    typed: &str,
) -> AppResult<(Token, Vec<String>)> {
    let (state, now) = (&visitor.state, visitor.state.clock.now());
    let seed = Seed::open(&state.keys, user, &own.sealed).ok_or_else(codes::unreadable)?;
    let step = seed
        .step(typed.replace(' ', "").as_str(), now)?
        .ok_or_else(wrong)?;
    let (recovery_codes, hashes) = codes::recovery(&state.keys, user);
    let (fresh, post) = (
        Token::generate(),
        letters::post(state, |words| letters::second_factor(words, now, true)),
    );
    let about = (&post, now, &*visitor.request.id);
    let done = factor::confirm(&state.db, &token(visitor)?, &fresh.hash(), step, &hashes, about).await?;
    done.then_some((fresh, recovery_codes)).ok_or(AppError::NotFound)
}

/// Takes it away for the password and a code.
///
/// # Errors
/// `Invalid` at a field, `SlowDown`, or the database's.
pub async fn remove(
    visitor: &Visitor,
    session: &crate::server::db::tenant::Session,
    own: &OwnFactor,
    with: &Removal,
) -> AppResult<()> {
    let (state, now) = (&visitor.state, visitor.state.clock.now());
    let proven = prove::password(state, &visitor.request, session, &with.password).await;
    proven.map_err(|error| match error {
        AppError::Invalid(_) => AppError::field("password", Problem::other("Wrong password.")),
        other => other,
    })?;
    let user = session.user();
    let turn = links::consume_rate_limit(&state.db, CODES, user.uuid().as_bytes(), now).await?;
    let code = codes::read(&state.keys, user, &own.sealed, &with.code, now)?;
    let post = letters::post(state, |words| letters::second_factor(words, now, false));
    let about = (&post, now, &*visitor.request.id);
    if factor::remove(&state.db, &token(visitor)?, turn, &code, about).await? {
        Ok(())
    } else {
        Err(wrong())
    }
}

fn token(visitor: &Visitor) -> AppResult<[u8; 32]> {
    visitor
        .request
        .token
        .as_ref()
        .map(Token::hash)
        .ok_or(AppError::SignedOut)
}

/// Makes a second factor the rule for exactly these roles; whether anything changed.
///
/// # Errors
/// When the database fails.
pub async fn require(scope: &mut Scope<ManageRoles>, policy: &Policy) -> AppResult<bool> {
    let before = selectors::required(scope).await?;
    let wanted = |role: &Role| policy.role.contains(role);
    let after: Vec<Role> = Role::ALL.into_iter().filter(wanted).collect();
    let differs = |role: &Role| before.contains(role) != after.contains(role);
    let changed: Vec<Role> = Role::ALL.into_iter().filter(differs).collect();
    if changed.is_empty() {
        return Ok(false);
    }
    let names: Vec<String> = after.iter().map(|role| role.name().to_owned()).collect();
    workshop::service::require_second_factor(scope, &names).await?;
    let terms = scope.session().terms();
    let changes: Vec<String> = changed
        .iter()
        .map(|role| {
            let verb = if after.contains(role) {
                "needed"
            } else {
                "not needed"
            };
            format!("{} {verb}", terms.role(*role))
        })
        .collect();
    let summary = format!("Changed who needs a second factor: {}", changes.join(", "));
    let entity = scope.org().uuid();
    let event = AuditEvent::new("role.second_factor_changed", "role", entity, summary);
    let event = changed.iter().fold(event, |event, role| {
        let needed = after.contains(role);
        event.field(&terms.role(*role), !needed, needed)
    });
    audit::record(scope, event).await?;
    Ok(true)
}

/// Whether somebody may set up or change a second factor now: not from a session that never gave a password.
///
/// # Errors
/// [`AppError::StepUp`].
pub fn may_change(scope: &Scope<KeepAccount>) -> AppResult<()> {
    scope.confirmed()
}
