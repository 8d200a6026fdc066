//! Proving again who is there: the password of whoever is signed in, counted like every other guess at it.
use crate::kernel::{AppError, AppResult, Problem};
use crate::server::db::identity::{self, LoginAttempt};
use crate::server::db::sign_ins::{self, Failure};
use crate::server::db::tenant::Session;
use crate::server::request::RequestInfo;
use crate::server::state::AppState;

/// The form field that a sensitive form is sent again with.
pub const FIELD: &str = "confirm_password";

/// Notes on the session that its person gave the password now.
///
/// # Errors
/// `Invalid` at [`FIELD`], `SlowDown`, `Busy`, or the database's.
pub async fn password(
    state: &AppState,
    request: &RequestInfo,
    session: &Session,
    password: &str,
) -> AppResult<()> {
    let (now, address) = (state.clock.now(), request.address.to_string());
    let token = request.token.as_ref().ok_or(AppError::SignedOut)?;
    let email = crate::kernel::text::email_norm(&session.login);
    let guess = LoginAttempt {
        email_norm: &email,
        slug: None,
        device_hash: request.device.as_ref().map(super::session::Token::hash),
        address: &address,
        at: now,
    };
    let reserved = identity::begin_sign_in(&state.db, &guess).await?;
    let own = reserved.login.filter(|login| login.user == session.user());
    let hash = own.as_ref().map(|login| login.password_hash.as_str());
    let fits = state.hasher.verify(password, hash).await?;
    identity::confirm_session(
        &state.db,
        &token.hash(),
        reserved.attempt,
        fits,
        &request.user_agent,
        now,
    )
    .await?;
    if fits {
        Ok(())
    } else {
        sign_ins::note_failure(&state.db, &guess, &request.user_agent, Failure::Wrong).await?;
        Err(AppError::field(FIELD, Problem::other("Wrong password.")))
    }
}
