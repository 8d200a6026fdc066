//! The rules of coming in.
use super::form::{SignInForm, SignUpForm};
use crate::kernel::{AppError, AppResult, Problem, text};
use crate::server::auth::scope::Visitor;
use crate::server::auth::session::Token;
use crate::server::db::identity::{self, Guess, Opening};

/// What a browser gets: its session, and the name by which it is known next time.
pub struct Keys {
    pub session: Token,
    pub device: Token,
}

impl Keys {
    fn opening<'a>(&self, visitor: &'a Visitor, address: &'a str) -> Opening<'a> {
        let (state, now) = (&visitor.state, visitor.state.clock.now());
        Opening {
            token_hash: self.session.hash(),
            device_hash: self.device.hash(),
            former_hash: visitor.request.token.as_ref().map(Token::hash),
            at: now,
            expires_at: now + state.settings.session_lifetime,
            address,
            user_agent: &visitor.request.user_agent,
            event: state.clock.new_uuid(),
            request_id: &visitor.request.id,
        }
    }
}

/// Opens a session for the person whose password fits. Unknown person and wrong password are one answer, after one time.
///
/// # Errors
/// `Invalid` at `password`, `SlowDown`, or the database's.
pub async fn sign_in(visitor: &Visitor, form: &SignInForm) -> AppResult<Keys> {
    let (state, request) = (&visitor.state, &visitor.request);
    let (email, address) = (
        text::email_norm(&form.email).replace('\0', ""),
        request.address.to_string(),
    );
    let guess = Guess {
        email_norm: &email,
        slug: request.workshop.as_deref(),
        device_hash: request.device.as_ref().map(Token::hash),
        address: &address,
        at: state.clock.now(),
    };
    let reserved = identity::begin_sign_in(&state.db, &guess).await?;
    let hash = reserved.login.as_ref().map(|login| login.password_hash.as_str());
    let fits = state.hasher.verify(&form.password, hash).await?;
    let known = request.device.clone().filter(|_| reserved.device_is_ours);
    let keys = Keys {
        session: Token::generate(),
        device: known.unwrap_or_else(Token::generate),
    };
    let login = reserved.login.filter(|_| fits);
    let opening = keys.opening(visitor, &address);
    identity::finish_sign_in(&state.db, reserved.attempt, login.as_ref(), &opening).await?;
    if login.is_none() {
        let wrong = Problem::other("E-mail address or password is not right.");
        return Err(AppError::field("password", wrong));
    }
    Ok(keys)
}

/// Makes a workshop and opens its owner's session. A taken address gets keys too, which open nothing: the answer must not tell
/// whether somebody has an account, and the same work is done for both.
///
/// # Errors
/// `Invalid` at every field, `SlowDown`, `Busy`, or the database's.
pub async fn sign_up(visitor: &Visitor, form: &SignUpForm) -> AppResult<Keys> {
    let new = form.validate()?;
    let (state, address) = (&visitor.state, visitor.request.address.to_string());
    let attempt = identity::begin_sign_up(&state.db, &address, state.clock.now()).await?;
    let hash = state.hasher.hash(&form.password).await?;
    let keys = Keys {
        session: Token::generate(),
        device: Token::generate(),
    };
    let opening = keys.opening(visitor, &address);
    let made = identity::sign_up(&state.db, attempt, &new, &hash, &opening, || {
        state.clock.new_uuid()
    })
    .await?;
    if let Some(former) = opening.former_hash {
        identity::revoke_session(&state.db, &former, opening.at).await?;
    }
    tracing::info!(request = %visitor.request.id, made = made.is_some(), "Sign-up");
    Ok(keys)
}
