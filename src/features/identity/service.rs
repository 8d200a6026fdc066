//! The rules of coming in.
use super::form::{PasswordForm, SignInForm, SignUpForm};
use crate::kernel::permission::UseWorkshop;
use crate::kernel::{AppError, AppResult, Problem, text};
use crate::server::auth::scope::{Scope, Visitor};
use crate::server::auth::session::Token;
use crate::server::db::audit::{self, Deed};
use crate::server::db::identity::{self, Failure, Guess, Login, Opening, Reserved};
use crate::server::db::tenant::Session;
use axum::http::HeaderValue;

/// What a browser gets: its session, and the name by which it is known next time.
pub struct Keys {
    pub session: Token,
    pub device: Token,
}

impl Keys {
    /// A new session; the browser keeps its name if it is one of ours.
    pub(crate) fn cut(visitor: &Visitor, reserved: &Reserved) -> Self {
        let known = visitor.request.device.clone().filter(|_| reserved.device_is_ours);
        Self {
            session: Token::generate(),
            device: known.unwrap_or_else(Token::generate),
        }
    }

    /// What the browser is given.
    pub(crate) fn cookies(&self, visitor: &Visitor) -> [HeaderValue; 2] {
        let settings = &visitor.state.settings;
        [
            self.session.session_cookie(settings),
            self.device.device_cookie(settings),
        ]
    }

    /// The session that these keys will open.
    pub(crate) fn opening<'a>(&self, visitor: &'a Visitor, address: &'a str) -> Opening<'a> {
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
    let address = visitor.request.address.to_string();
    let email = text::email_norm(&form.email).replace('\0', "");
    let reserved = reserve(visitor, &email, &address).await?;
    let keys = Keys::cut(visitor, &reserved);
    let opening = keys.opening(visitor, &address);
    let login = fitting(visitor, &form.password, reserved.login).await?;
    finish(visitor, &email, reserved.attempt, login.as_ref(), &opening).await?;
    if login.is_none() {
        let wrong = Problem::other("E-mail address or password is not right.");
        return Err(AppError::field("password", wrong));
    }
    Ok(keys)
}

/// Makes a workshop, then signs in with the password just given. An address that has an account keeps it, and whoever knows its
/// password gets into it; everybody else gets keys that open nothing, after the same work: the answer must not tell whether
/// somebody has an account.
///
/// # Errors
/// `Invalid` at every field, `SlowDown`, `Busy`, or the database's.
pub async fn sign_up(visitor: &Visitor, form: &SignUpForm) -> AppResult<Keys> {
    let new = form.validate()?;
    let (state, address) = (&visitor.state, visitor.request.address.to_string());
    let attempt = identity::begin_sign_up(&state.db, &address, state.clock.now()).await?;
    let reserved = reserve(visitor, &new.email_norm, &address).await?;
    let keys = Keys::cut(visitor, &reserved);
    let opening = keys.opening(visitor, &address);
    let hash = state.hasher.hash(&form.password).await?;
    let account = identity::sign_up(&state.db, attempt, &new, &hash, &opening, || {
        state.clock.new_uuid()
    })
    .await?;
    let login = fitting(visitor, &form.password, account).await?;
    finish(
        visitor,
        &new.email_norm,
        reserved.attempt,
        login.as_ref(),
        &opening,
    )
    .await?;
    Ok(keys)
}

fn guess<'a>(visitor: &'a Visitor, email_norm: &'a str, address: &'a str) -> Guess<'a> {
    Guess {
        email_norm,
        slug: visitor.request.workshop.as_deref(),
        device_hash: visitor.request.device.as_ref().map(Token::hash),
        address,
        at: visitor.state.clock.now(),
    }
}

/// Takes the place of one guess at a password.
pub(crate) async fn reserve(visitor: &Visitor, email_norm: &str, address: &str) -> AppResult<Reserved> {
    let (db, guess) = (&visitor.state.db, guess(visitor, email_norm, address));
    let reserved = identity::begin_sign_in(db, &guess).await;
    if let Err(AppError::SlowDown { .. }) = reserved {
        identity::note_failure(db, &guess, &visitor.request.user_agent, Failure::Throttled).await?;
    }
    reserved
}

/// Ends what [`reserve`] began; a guess that was wrong stays in the history of sign-ins.
pub(crate) async fn finish(
    visitor: &Visitor,
    email_norm: &str,
    attempt: i64,
    login: Option<&Login>,
    opening: &Opening<'_>,
) -> AppResult<()> {
    let db = &visitor.state.db;
    identity::finish_sign_in(db, attempt, login, opening).await?;
    if login.is_none() {
        let guess = guess(visitor, email_norm, opening.address);
        identity::note_failure(db, &guess, opening.user_agent, Failure::Wrong).await?;
    }
    Ok(())
}

/// The account if the password is its own; without an account the same work comes to nothing.
async fn fitting(visitor: &Visitor, password: &str, account: Option<Login>) -> AppResult<Option<Login>> {
    let hash = account.as_ref().map(|login| login.password_hash.as_str());
    let fits = visitor.state.hasher.verify(password, hash).await?;
    Ok(account.filter(|_| fits))
}

/// Changes the password of whoever knows the old one. A new session opens, all others end.
///
/// # Errors
/// `Invalid` at a field, `SlowDown`, `Busy`, or the database's.
pub async fn change_password(
    visitor: &Visitor,
    session: &Session,
    email: &str,
    form: &PasswordForm,
) -> AppResult<Keys> {
    form.validate(&[&session.org_name, &session.name, email])?;
    let (state, address) = (&visitor.state, visitor.request.address.to_string());
    let email = text::email_norm(email);
    let reserved = reserve(visitor, &email, &address).await?;
    let keys = Keys::cut(visitor, &reserved);
    let opening = keys.opening(visitor, &address);
    let account = reserved.login.filter(|login| login.user == session.user());
    // The session stays in the workshop it is in, which may not be the account's first.
    let here = fitting(visitor, &form.current, account)
        .await?
        .map(|login| Login {
            org: session.org(),
            member: session.member(),
            ..login
        });
    finish(visitor, &email, reserved.attempt, here.as_ref(), &opening).await?;
    if here.is_none() {
        return Err(AppError::field(
            "current",
            Problem::other("This is not your password."),
        ));
    }
    let hash = state.hasher.hash(&form.new).await?;
    identity::change_password(&state.db, &opening, &hash, state.clock.new_uuid()).await?;
    Ok(keys)
}

/// Ends the account's sessions in other browsers; how many there were.
///
/// # Errors
/// When the database fails.
pub async fn end_other_sessions(scope: &mut Scope<UseWorkshop>) -> AppResult<i64> {
    let (token, now) = (
        scope.request.token.clone().ok_or(AppError::SignedOut)?,
        scope.now(),
    );
    let ended = sqlx::query_scalar!(
        r#"select auth.end_other_sessions($1, $2) as "ended!""#,
        &token.hash()[..],
        now
    )
    .fetch_one(scope.conn())
    .await?;
    let member = scope.session().member();
    let deed = Deed::new(
        "session.ended_elsewhere",
        "member",
        member.uuid(),
        "Signed out everywhere else",
    );
    audit::record(scope, deed).await?;
    Ok(ended)
}
