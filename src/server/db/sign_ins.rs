//! The history of sign-ins: what failed is kept here, what succeeded by the database itself.
use super::Db;
use super::identity::Guess;
use crate::kernel::AppResult;
use crate::server::auth::session::digest;

/// Why a guess did not let anybody in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    Wrong,
    /// There were too many: it was not looked at.
    Throttled,
}

/// Keeps a failed guess in the history of sign-ins.
///
/// # Errors
/// When the database fails.
pub async fn note_failure(db: &Db, guess: &Guess<'_>, user_agent: &str, failure: Failure) -> AppResult<()> {
    let outcome = match failure {
        Failure::Wrong => "wrong",
        Failure::Throttled => "throttled",
    };
    let mut conn = db.acquire().await?;
    sqlx::query!(
        "select auth.note_failed_sign_in($1, $2, $3, $4, $5, $6)",
        guess.email_norm,
        &digest(guess.email_norm)[..],
        guess.address,
        user_agent,
        guess.at,
        outcome
    )
    .execute(&mut *conn)
    .await?;
    Ok(())
}
