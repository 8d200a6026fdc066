//! What a console user does. The database itself records each act, in our audit log and in the workshop's.
use super::form::{Note, Plan, SignIn, Stop};
use super::selectors;
use crate::kernel::{AppError, AppResult, OrgId, Problem, text};
use crate::server::auth::scope::Visitor;
use crate::server::auth::session::Token;
use crate::server::db::platform::{self, PlatformTx, SignInSession};
use chrono::TimeDelta;

/// How long one of us stays signed in, working or not.
pub const SHIFT: TimeDelta = TimeDelta::hours(8);

/// Opens a session for whom the password fits. Unknown address and wrong password are one answer, after one time.
///
/// # Errors
/// `Invalid` at `password`, `SlowDown`, `NotFound` at a workshop's own address.
pub async fn sign_in(visitor: &Visitor, with: &SignIn) -> AppResult<Token> {
    let (state, request) = (&visitor.state, &visitor.request);
    let (now, address) = (state.clock.now(), request.address.to_string());
    let email = text::email_norm(&with.email).replace('\0', "");
    let reserved = platform::begin_sign_in(&state.db, &email, &address, now).await?;
    let hash = reserved.admin.as_ref().map(|(_, hash)| hash.as_str());
    let fits = state.hasher.verify(&with.password, hash).await?;
    let admin = reserved.admin.as_ref().filter(|_| fits).map(|(id, _)| *id);
    let token = Token::generate();
    let opening = SignInSession {
        token_hash: token.hash(),
        former_hash: request.platform.as_ref().map(Token::hash),
        at: now,
        expires_at: now + SHIFT,
        address: &address,
        user_agent: &request.user_agent,
        event: state.clock.new_uuid(),
        request_id: &request.id,
    };
    platform::finish_sign_in(&state.db, reserved.attempt, admin, &opening).await?;
    match admin {
        Some(_) => Ok(token),
        None => {
            let wrong = Problem::other("Wrong e-mail or password.");
            Err(AppError::field("password", wrong))
        }
    }
}

/// Sets plan and end by hand.
///
/// # Errors
/// `NotFound`.
pub async fn set_plan(tx: &mut PlatformTx, org: OrgId, plan: &Plan) -> AppResult<()> {
    let (trial, ends) = (plan.plan, plan.ends());
    let (now, event, request_id) = (tx.now(), tx.new_uuid(), tx.request_id.clone());
    let done = sqlx::query_scalar!(
        r#"select auth.platform_set_plan($1, $2, $3, $4, $5, $6) as "done!""#,
        org.uuid(),
        trial,
        ends,
        now,
        event,
        &*request_id
    )
    .fetch_one(tx.conn())
    .await?;
    done.then_some(()).ok_or(AppError::NotFound)
}

/// Keeps a note for whoever of us helps this workshop next. The workshop does not see it.
///
/// # Errors
/// `NotFound`.
pub async fn note(tx: &mut PlatformTx, org: OrgId, note: &Note) -> AppResult<()> {
    let note = &note.note;
    let (now, event, request_id) = (tx.now(), tx.new_uuid(), tx.request_id.clone());
    let kept = sqlx::query_scalar!(
        r#"select auth.platform_note($1, $2, $3, $4, $5) as "kept!""#,
        org.uuid(),
        note,
        now,
        event,
        &*request_id
    )
    .fetch_one(tx.conn())
    .await?;
    kept.then_some(()).ok_or(AppError::NotFound)
}

/// Stops a workshop: nobody gets in, streams end.
///
/// # Errors
/// `NotFound`; refused when it is stopped already.
pub async fn suspend(tx: &mut PlatformTx, org: OrgId, why: &Stop) -> AppResult<()> {
    let reason = &why.reason;
    selectors::organization(tx, org).await?;
    let (now, event, request_id) = (tx.now(), tx.new_uuid(), tx.request_id.clone());
    let done = sqlx::query_scalar!(
        r#"select auth.platform_suspend($1, $2, $3, $4, $5) as "done!""#,
        org.uuid(),
        reason,
        now,
        event,
        &*request_id
    )
    .fetch_one(tx.conn())
    .await?;
    done.then_some(())
        .ok_or_else(|| AppError::refused("This workshop is already suspended."))
}

/// Opens it again.
///
/// # Errors
/// `NotFound`; refused when it is open.
pub async fn resume(tx: &mut PlatformTx, org: OrgId, why: &Stop) -> AppResult<()> {
    let reason = &why.reason;
    selectors::organization(tx, org).await?;
    let (now, event, request_id) = (tx.now(), tx.new_uuid(), tx.request_id.clone());
    let done = sqlx::query_scalar!(
        r#"select auth.platform_resume($1, $2, $3, $4, $5) as "done!""#,
        org.uuid(),
        reason,
        now,
        event,
        &*request_id
    )
    .fetch_one(tx.conn())
    .await?;
    done.then_some(())
        .ok_or_else(|| AppError::refused("This workshop is not suspended."))
}
