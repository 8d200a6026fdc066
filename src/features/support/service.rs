//! Granting, ending, and beginning to look.
use super::selectors;
use crate::kernel::permission::GrantSupport;
use crate::server::auth::session::Token;
use crate::server::db::platform::PlatformTx;
use crate::server::prelude::*;
use chrono::{DateTime, TimeDelta, Utc};

/// Lets our support look for so long. It takes the place of what was granted before.
pub async fn grant(scope: &mut Scope<GrantSupport>, span: TimeDelta) -> AppResult<()> {
    let (id, now, member) = (scope.new_uuid(), scope.now(), scope.session().member());
    let until = now + span;
    let before = end_running(scope).await?;
    sqlx::query!(
        "insert into support_grants (id, granted_by, granted_at, expires_at) values ($1, $2, $3, $4)",
        id,
        member.uuid(),
        now,
        until
    )
    .execute(scope.conn())
    .await?;
    let summary = format!("Gave Gantry support access until {}", moment(scope, until));
    record(scope, "support.granted", summary, before, Some(until)).await
}

/// Ends what was granted: whoever looks is out with the next click.
///
/// # Errors
/// `NotFound` when there is no such grant, or it ended.
pub async fn end(scope: &mut Scope<GrantSupport>, id: SupportGrantId) -> AppResult<()> {
    let now = scope.now();
    let runs = sqlx::query_scalar!(
        r#"select exists (select from support_grants where id = $1 and ended_at is null and expires_at > $2) as "runs!""#,
        id.uuid(),
        now
    )
    .fetch_one(scope.conn())
    .await?;
    if !runs {
        return Err(AppError::NotFound);
    }
    let before = end_running(scope).await?;
    let summary = "Ended Gantry support's access".to_owned();
    record(scope, "support.ended", summary, before, None).await
}

/// Whatever runs, also what a second click granted: afterwards nobody of us looks. Until when it would have been.
async fn end_running(scope: &mut Scope<GrantSupport>) -> AppResult<Option<DateTime<Utc>>> {
    let (now, member) = (scope.now(), scope.session().member());
    let ended = sqlx::query_scalar!(
        "update support_grants set ended_at = $1, ended_by = $2 where ended_at is null and expires_at > $1 returning expires_at",
        now,
        member.uuid()
    )
    .fetch_all(scope.conn())
    .await?;
    Ok(ended.into_iter().max())
}

fn moment(scope: &Scope<GrantSupport>, at: DateTime<Utc>) -> String {
    scope.session().locale().moment(at, &scope.session().zone())
}

async fn record(
    scope: &mut Scope<GrantSupport>,
    action: &'static str,
    summary: String,
    before: Option<DateTime<Utc>>,
    after: Option<DateTime<Utc>>,
) -> AppResult<()> {
    let org = scope.org().uuid();
    let event = AuditEvent::new(action, "organization", org, summary).field(
        "Support access until",
        before.map(|at| moment(scope, at)),
        after.map(|at| moment(scope, at)),
    );
    audit::record(scope, event).await
}

/// One of us begins to look, with a session of this token; until when.
///
/// # Errors
/// `NotFound` without a grant that runs.
pub async fn look(tx: &mut PlatformTx, org: OrgId, token: &Token) -> AppResult<DateTime<Utc>> {
    let (now, event, request_id) = (tx.now(), tx.new_uuid(), tx.request_id.clone());
    let grants = selectors::grants_of(tx, org).await?;
    let running = grants.iter().filter(|grant| grant.runs(now));
    let until = running
        .map(|grant| grant.expires_at)
        .max()
        .ok_or(AppError::NotFound)?;
    let begun = sqlx::query_scalar!(
        r#"select auth.platform_look($1, $2, $3, $4, $5) as "begun!""#,
        org.uuid(),
        &token.hash()[..],
        now,
        event,
        &*request_id
    )
    .fetch_one(tx.conn())
    .await?;
    begun.then_some(until).ok_or(AppError::NotFound)
}
