//! The rules of coming in.
use super::form::SignInForm;
use crate::kernel::{AppError, AppResult, Problem, text};
use crate::server::auth::scope::Visitor;
use crate::server::auth::session::Token;
use crate::server::auth::throttle;
use crate::server::db::identity::{self, NewSession};

/// Opens a session for the person whose password fits. Unknown person and wrong password are one answer.
///
/// # Errors
/// `Invalid` at `password`, `SlowDown`, or the database's.
pub async fn sign_in(visitor: &Visitor, form: &SignInForm) -> AppResult<Token> {
    let (state, address) = (&visitor.state, visitor.request.address.to_string());
    let (email, now) = (text::email_norm(&form.email), state.clock.now());
    throttle::admit(&state.db, &email, &address, now).await?;
    let login = identity::find_login(&state.db, &email).await?;
    let fits = state
        .hasher
        .verify(&form.password, login.as_ref().map(|l| l.password_hash.as_str()))
        .await?;
    throttle::note(&state.db, &email, &address, now, fits).await?;
    let login = login.filter(|_| fits).ok_or_else(|| {
        AppError::field(
            "password",
            Problem::other("E-mail address or password is not right."),
        )
    })?;
    let token = Token::generate();
    let session = NewSession {
        token_hash: token.hash(),
        login: (login.user, login.org, login.member),
        at: now,
        expires_at: now + state.settings.session_lifetime,
        address: &address,
        user_agent: &visitor.request.user_agent,
    };
    identity::open_session(&state.db, session).await?;
    Ok(token)
}
