//! Measuring what each workshop stores, once a day, for the console. Several servers may do it at once.
use super::db::platform;
use super::state::AppState;
use crate::kernel::AppResult;
use chrono::TimeDelta;

/// How old a measure may become.
const AGE: TimeDelta = TimeDelta::hours(24);

/// Measures every workshop whose measure is old, one after the other; how many were tried. One that cannot be measured keeps what was
/// measured before and waits its turn again.
///
/// # Errors
/// When the database does not answer.
pub async fn measure_due(state: &AppState) -> AppResult<usize> {
    let mut tried = 0;
    loop {
        let now = state.clock.now();
        let Some(org) = platform::claim_storage(&state.db, now - AGE, now).await? else {
            return Ok(tried);
        };
        tried += 1;
        if let Err(error) = platform::measure_storage(&state.db, org, now).await {
            tracing::warn!(%error, %org, "Could not measure what a workshop stores");
        }
    }
}
