//! Coming in: with the secret of an invitation, or with the workshop's code.
use super::super::code;
use super::super::form::{Acceptance, Asking};
use crate::features::identity::service::{SessionTokens, finish, reserve};
use crate::server::db::identity::{Login, Outcome};
use crate::server::db::joining::{self, Invitation, Newcomer, Request};
use crate::server::db::tenant::Session;
use crate::server::prelude::*;
use crate::server::secrets::digest;

/// What a secret opens; nothing for one that is unknown, used, expired or revoked, and nobody learns which.
pub async fn invitation(visitor: &Visitor, secret: &str) -> AppResult<Option<Invitation>> {
    let state = &visitor.state;
    joining::open_invite(&state.db, &digest(secret), state.clock.now()).await
}

/// Makes a member of whoever holds the secret and signs them in: somebody new with a name and a password, the owner of the address's
/// account with their own password, and their second factor after it. Nothing when the invitation is none any more.
///
/// # Errors
/// `Invalid` at `password`, `SlowDown`, `Busy`, or the database's.
pub async fn accept(
    visitor: &Visitor,
    secret: &str,
    invitation: &Invitation,
    who: &Acceptance,
) -> AppResult<Option<SessionTokens>> {
    let (state, address) = (&visitor.state, visitor.request.address.to_string());
    let reserved = reserve(visitor, &invitation.email_norm, &address).await?;
    let mut keys = SessionTokens::issue(visitor, &reserved);
    let opening = keys.opening(visitor, &address);
    let hash = match &invitation.account {
        Some((_, hash)) => {
            if !state.hasher.verify(&who.password, Some(hash)).await? {
                finish(visitor, &invitation.email_norm, reserved.attempt, None, &opening).await?;
                let wrong = Problem::other("Wrong password.");
                return Err(AppError::field("password", wrong));
            }
            hash.clone()
        }
        None => state.hasher.hash(&who.password).await?,
    };
    let newcomer = match &invitation.account {
        Some((user, _)) => Newcomer::Known(*user),
        None => Newcomer::New {
            name: &who.name,
            password_hash: &hash,
        },
    };
    let new_id = || state.clock.new_uuid();
    let joined = joining::accept_invite(&state.db, &digest(secret), &newcomer, &opening, new_id).await?;
    let login = joined.map(|joined| Login {
        user: joined.user,
        password_hash: hash.clone(),
        org: joined.org,
        member: joined.member,
    });
    let (email, attempt) = (&invitation.email_norm, reserved.attempt);
    let outcome = finish(visitor, email, attempt, login.as_ref(), &opening).await?;
    keys.code_due = outcome == Outcome::CodeDue;
    Ok(login.map(|_| keys))
}

/// Asks the workshop of a code to be let in. Its name; the answer does not say whether the address has an account or works there already.
///
/// # Errors
/// `Invalid` at `code`, `SlowDown` after too many wrong codes.
pub async fn ask_to_join(visitor: &Visitor, session: Option<&Session>, who: &Asking) -> AppResult<String> {
    let (state, address) = (&visitor.state, visitor.request.address.to_string());
    // What cannot be a code is a wrong guess like any other.
    let typed = code::typed(&who.code).unwrap_or_default();
    let request = Request {
        code_hash: &code::lookup(&state.keys, &typed),
        user: session.map(Session::user),
        name: &who.name,
        email: &who.email,
        email_norm: &text::email_norm(&who.email),
        address: &address,
        at: state.clock.now(),
        event: state.clock.new_uuid(),
        request_id: &visitor.request.id,
    };
    let workshop = joining::request_to_join(&state.db, state.clock.new_uuid(), &request).await?;
    workshop.ok_or_else(|| AppError::field("code", Problem::other("No workshop has this code.")))
}
