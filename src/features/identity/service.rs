//! The rules of coming in.
use super::form::{Credentials, Forgotten, NewPassword, PasswordChange, SignUp};
use super::letters;
use crate::kernel::permission::KeepAccount;
use crate::kernel::{AppError, AppResult, Problem, SessionId, text};
use crate::server::auth::scope::{Scope, Visitor};
use crate::server::auth::session::Token;
use crate::server::db::audit::{self, AuditEvent};
use crate::server::db::identity::{self, Login, LoginAttempt, Outcome, Reserved, SignInSession};
use crate::server::db::links::{self, Limit, NewLink, Post};
use crate::server::db::sign_ins::{self, Failure};
use crate::server::db::tenant::Session;
use crate::server::mail::Target;
use crate::server::messages::Words;
use axum::http::HeaderValue;
use chrono::TimeDelta;

/// What a browser gets: its session, and the name by which it is known next time.
pub struct SessionTokens {
    pub session: Token,
    pub device: Token,
    /// The session opens after the code only: this is the key to its form.
    pub code_due: bool,
}

impl SessionTokens {
    /// A new session; the browser keeps its name if it is one of ours.
    pub(crate) fn issue(visitor: &Visitor, reserved: &Reserved) -> Self {
        let known = visitor.request.device.clone().filter(|_| reserved.device_is_ours);
        Self {
            session: Token::generate(),
            device: known.unwrap_or_else(Token::generate),
            code_due: false,
        }
    }

    /// For a browser whose code was right: it keeps the name that the password's form gave it.
    pub fn after_code(visitor: &Visitor) -> Self {
        Self {
            session: Token::generate(),
            device: visitor.request.device.clone().unwrap_or_else(Token::generate),
            code_due: false,
        }
    }

    /// What the browser is given.
    pub(crate) fn cookies(&self, visitor: &Visitor) -> [HeaderValue; 2] {
        let settings = &visitor.state.settings;
        let key = if self.code_due {
            self.session.pending_cookie(settings)
        } else {
            self.session.session_cookie(settings)
        };
        [key, self.device.device_cookie(settings)]
    }

    /// The session that these keys will open.
    pub(crate) fn opening<'a>(&self, visitor: &'a Visitor, address: &'a str) -> SignInSession<'a> {
        let (state, now) = (&visitor.state, visitor.state.clock.now());
        SignInSession {
            token_hash: self.session.hash(),
            device_hash: self.device.hash(),
            former_hash: visitor.request.token.as_ref().map(Token::hash),
            at: now,
            expires_at: now + state.settings.session_lifetime,
            address,
            user_agent: &visitor.request.user_agent,
            event: state.clock.new_uuid(),
            request_id: &visitor.request.id,
            post: letters::post(state, |words| letters::new_browser(words, now, &visitor.request)),
        }
    }
}

/// Opens a session for the person whose password fits. Unknown person and wrong password are one answer, after one time.
///
/// # Errors
/// `Invalid` at `password`, `SlowDown`, or the database's.
pub async fn sign_in(visitor: &Visitor, typed: &Credentials) -> AppResult<SessionTokens> {
    let address = visitor.request.address.to_string();
    let email = text::email_norm(&typed.email).replace('\0', "");
    let reserved = reserve(visitor, &email, &address).await?;
    let mut keys = SessionTokens::issue(visitor, &reserved);
    let opening = keys.opening(visitor, &address);
    let login = fitting(visitor, &typed.password, reserved.login).await?;
    let outcome = finish(visitor, &email, reserved.attempt, login.as_ref(), &opening).await?;
    if outcome == Outcome::Wrong {
        let wrong = Problem::other("Wrong e-mail or password.");
        return Err(AppError::field("password", wrong));
    }
    keys.code_due = outcome == Outcome::CodeDue;
    Ok(keys)
}

/// Makes a workshop, then signs in with the password just given. An address that has an account keeps it, and whoever knows its
/// password gets into it; everybody else gets keys that open nothing, after the same work: the answer must not tell whether
/// somebody has an account. The person learns it by a letter.
///
/// # Errors
/// `SlowDown`, `Busy`, or the database's.
pub async fn sign_up(visitor: &Visitor, new: SignUp) -> AppResult<SessionTokens> {
    let password = new.password.clone();
    let new = new.workshop();
    let (state, address) = (&visitor.state, visitor.request.address.to_string());
    let attempt = identity::begin_sign_up(&state.db, &address, state.clock.now()).await?;
    let reserved = reserve(visitor, &new.email_norm, &address).await?;
    let mut keys = SessionTokens::issue(visitor, &reserved);
    let opening = keys.opening(visitor, &address);
    let hash = state.hasher.hash(&password).await?;
    let (link, post) = confirmation(visitor, &new.person);
    let account = identity::sign_up(&state.db, attempt, &new, &hash, &opening, (&link, &post), || {
        state.clock.new_uuid()
    })
    .await?;
    let login = fitting(visitor, &password, account).await?;
    let (email, attempt) = (&new.email_norm, reserved.attempt);
    let outcome = finish(visitor, email, attempt, login.as_ref(), &opening).await?;
    if outcome == Outcome::Wrong {
        let post = letters::post(state, letters::already_here);
        links::write_to_account(&state.db, &new.email_norm, &post, opening.at).await?;
    }
    keys.code_due = outcome == Outcome::CodeDue;
    Ok(keys)
}

/// The letter that confirms an address, and its link.
fn confirmation(visitor: &Visitor, person: &str) -> (NewLink, Post) {
    let state = &visitor.state;
    let until = state.clock.now() + TimeDelta::hours(letters::CONFIRM_HOURS);
    let (link, target): (_, Target) = NewLink::cut(&state.keys, state.clock.new_uuid(), "/verify", until);
    let letter = |words: &Words| letters::confirm_address(words, person, target.clone());
    (link, letters::post(state, letter))
}

/// Sends that letter again; false when the address is confirmed already.
///
/// # Errors
/// `SlowDown` after too many.
pub async fn ask_again_to_confirm(visitor: &Visitor, session: &Session) -> AppResult<bool> {
    let (link, post) = confirmation(visitor, &session.name);
    let token = visitor.request.token.as_ref().ok_or(AppError::SignedOut)?;
    let now = visitor.state.clock.now();
    links::ask_again_to_confirm(&visitor.state.db, &token.hash(), &link, &post, now).await
}

/// Letters that one client may ask for; the account's own limit is silent.
const RESETS: Limit = Limit {
    what: "reset_from",
    span: TimeDelta::minutes(15),
    most: 20,
    most_a_day: 200,
};

/// Writes to whoever has that address, if anybody has; nobody can tell from here.
///
/// # Errors
/// `SlowDown`.
pub async fn forgot(visitor: &Visitor, whose: &Forgotten) -> AppResult<()> {
    let (state, now) = (&visitor.state, visitor.state.clock.now());
    let from = visitor.request.network().to_string();
    links::consume_rate_limit(&state.db, RESETS, from.as_bytes(), now).await?;
    let until = now + TimeDelta::minutes(letters::RESET_MINUTES);
    let (link, target) = NewLink::cut(&state.keys, state.clock.new_uuid(), "/reset", until);
    let post = letters::post(state, |words| letters::reset(words, target.clone()));
    links::begin_reset(&state.db, &text::email_norm(&whose.email), &link, &post, now).await
}

/// E-mail and name of whoever a link is for that sets a new password, if it stands.
///
/// # Errors
/// When the database fails.
pub async fn reset_for(visitor: &Visitor, link: &Token) -> AppResult<Option<(String, String)>> {
    let (db, now) = (&visitor.state.db, visitor.state.clock.now());
    links::look_at(db, &link.hash(), "reset_password", now).await
}

/// Sets a new password by a link. Everybody is signed out.
///
/// # Errors
/// `NotFound` when the link does not stand.
pub async fn reset(visitor: &Visitor, link: &Token, chosen: &NewPassword) -> AppResult<()> {
    let (state, now) = (&visitor.state, visitor.state.clock.now());
    let hash = state.hasher.hash(&chosen.new).await?;
    let post = letters::post(state, |words| letters::password_changed(words, now));
    let done = links::reset_password(&state.db, &link.hash(), &hash, &post, now, &visitor.request.id).await?;
    done.then_some(()).ok_or(AppError::NotFound)
}

fn guess<'a>(visitor: &'a Visitor, email_norm: &'a str, address: &'a str) -> LoginAttempt<'a> {
    LoginAttempt {
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
        sign_ins::note_failure(db, &guess, &visitor.request.user_agent, Failure::Throttled).await?;
    }
    reserved
}

/// Ends what [`reserve`] began; a guess that was wrong stays in the history of sign-ins.
pub(crate) async fn finish(
    visitor: &Visitor,
    email_norm: &str,
    attempt: i64,
    login: Option<&Login>,
    opening: &SignInSession<'_>,
) -> AppResult<Outcome> {
    let outcome = identity::finish_sign_in(&visitor.state.db, attempt, login, opening, false).await?;
    note_wrong(visitor, email_norm, outcome, opening).await?;
    Ok(outcome)
}

async fn note_wrong(
    visitor: &Visitor,
    email_norm: &str,
    outcome: Outcome,
    opening: &SignInSession<'_>,
) -> AppResult<()> {
    if outcome != Outcome::Wrong {
        return Ok(());
    }
    let guess = guess(visitor, email_norm, opening.address);
    sign_ins::note_failure(&visitor.state.db, &guess, opening.user_agent, Failure::Wrong).await
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
/// `Invalid` at `current`, `SlowDown`, `Busy`, or the database's.
pub async fn change_password(
    visitor: &Visitor,
    session: &Session,
    change: &PasswordChange,
) -> AppResult<SessionTokens> {
    let (state, address) = (&visitor.state, visitor.request.address.to_string());
    let email = text::email_norm(&session.login);
    let reserved = reserve(visitor, &email, &address).await?;
    let keys = SessionTokens::issue(visitor, &reserved);
    let opening = keys.opening(visitor, &address);
    let changed = letters::post(state, |words| letters::password_changed(words, opening.at));
    let account = reserved.login.filter(|login| login.user == session.user());
    // The session stays in the workshop it is in, which may not be the account's first.
    let here = fitting(visitor, &change.current, account)
        .await?
        .map(|login| Login {
            org: session.org(),
            member: session.member(),
            ..login
        });
    let attempt = reserved.attempt;
    let outcome = identity::finish_sign_in(&state.db, attempt, here.as_ref(), &opening, true).await?;
    note_wrong(visitor, &email, outcome, &opening).await?;
    if here.is_none() {
        return Err(AppError::field("current", Problem::other("Wrong password.")));
    }
    let hash = state.hasher.hash(&change.password.new).await?;
    identity::change_password(&state.db, &opening, &hash, state.clock.new_uuid(), &changed).await?;
    Ok(keys)
}

/// Ends the account's sessions in other browsers; how many there were.
///
/// # Errors
/// When the database fails.
pub async fn end_other_sessions(scope: &mut Scope<KeepAccount>) -> AppResult<i64> {
    let (token, now) = (scope.token()?, scope.now());
    let ended = sqlx::query_scalar!(
        r#"select auth.end_other_sessions($1, $2) as "ended!""#,
        &token.hash()[..],
        now
    )
    .fetch_one(scope.conn())
    .await?;
    let member = scope.session().member();
    let event = AuditEvent::new(
        "session.ended_elsewhere",
        "member",
        member.uuid(),
        "Signed out everywhere else",
    );
    audit::record(scope, event).await?;
    Ok(ended)
}

/// Ends one session of the account, not the asking one.
///
/// # Errors
/// `NotFound` when there is no such session (any more).
pub async fn end_session(scope: &mut Scope<KeepAccount>, session: SessionId) -> AppResult<()> {
    let (token, now) = (scope.token()?, scope.now());
    let ended = sqlx::query_scalar!(
        r#"select auth.end_session($1, $2, $3) as "ended!""#,
        &token.hash()[..],
        session.uuid(),
        now
    )
    .fetch_one(scope.conn())
    .await?;
    if !ended {
        return Err(AppError::NotFound);
    }
    let member = scope.session().member();
    let event = AuditEvent::new(
        "session.ended_elsewhere",
        "member",
        member.uuid(),
        "Signed out in another browser",
    );
    audit::record(scope, event).await
}
