//! The history of sign-ins: what failed is kept here, what succeeded by the database itself.
use super::Db;
use super::identity::LoginAttempt;
use crate::kernel::{AppResult, text_enum};
use crate::server::secrets::digest;

text_enum! {
    /// How a sign-in ended.
    pub enum SignInOutcome in { "auth.sign_ins.outcome" } {
        Ok = "ok", "Signed in";
        Wrong = "wrong", "Wrong password";
        /// There were too many: it was not looked at.
        Throttled = "throttled", "Too many attempts";
    }
}

/// Why a guess did not let anybody in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    Wrong,
    Throttled,
}

/// Keeps a failed guess in the history of sign-ins.
///
/// # Errors
/// When the database fails.
pub async fn note_failure(
    db: &Db,
    guess: &LoginAttempt<'_>,
    user_agent: &str,
    failure: Failure,
) -> AppResult<()> {
    let outcome = match failure {
        Failure::Wrong => SignInOutcome::Wrong,
        Failure::Throttled => SignInOutcome::Throttled,
    };
    let mut conn = db.acquire().await?;
    sqlx::query!(
        "select auth.note_failed_sign_in($1, $2, $3, $4, $5, $6)",
        guess.email_norm,
        &digest(guess.email_norm)[..],
        guess.address,
        user_agent,
        guess.at,
        outcome.name()
    )
    .execute(&mut *conn)
    .await?;
    Ok(())
}
