//! Forgetting: ended sessions and old guesses leave the database, and old letters the folder, every hour. Several servers may do it at once.
use crate::server::db::identity;
use crate::server::mail::outbox;
use crate::server::state::AppState;
use std::time::Duration;

const PAUSE: Duration = Duration::from_secs(3600);

/// Cleans up now and then until the process ends.
pub fn start(state: AppState) {
    tokio::spawn(async move {
        loop {
            match identity::clean_up(&state.db, state.clock.now(), state.settings.session_idle).await {
                Ok(gone) => tracing::debug!(gone, "Cleaned up sessions and guesses"),
                Err(error) => tracing::warn!(%error, "Could not clean up sessions"),
            }
            if let Some(folder) = state.mailer.folder()
                && let Err(error) = outbox::forget_old(folder, state.clock.now()).await
            {
                tracing::warn!(%error, "Could not remove old letters");
            }
            tokio::time::sleep(PAUSE).await;
        }
    });
}
