//! Forgetting: ended sessions and old guesses leave the database, and old letters the folder.
use crate::server::db::identity;
use crate::server::mail::outbox;
use crate::server::state::AppState;

/// Forgets what is over; how many rows went.
///
/// # Errors
/// When the database fails, or the folder of letters cannot be read.
pub async fn run(state: &AppState) -> anyhow::Result<i64> {
    let now = state.clock.now();
    let gone = identity::clean_up(&state.db, now, state.settings.session_idle).await?;
    if let Some(folder) = state.mailer.folder() {
        outbox::forget_old(folder, now).await?;
    }
    Ok(gone)
}
