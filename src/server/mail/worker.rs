//! The job that sends what waits.
use super::letter::Letter;
use crate::kernel::AppResult;
use crate::server::db::mail::{self, Waiting};
use crate::server::state::AppState;
use chrono::{DateTime, TimeDelta, Utc};
use std::time::Duration;

/// How often a server looks for mail.
const PAUSE: Duration = Duration::from_secs(1);
/// Longer than any mail server takes; then another server may try.
const LEASE: TimeDelta = TimeDelta::minutes(2);
const AT_ONCE: i32 = 20;
/// Minutes until the next try, after each that failed; the last one is given up.
const AGAIN: [i64; 7] = [1, 5, 15, 60, 180, 480, 720];

/// Sends mail until the process ends.
pub fn start(state: AppState) {
    tokio::spawn(async move {
        loop {
            match work_off(&state).await {
                Ok(0) => tokio::time::sleep(PAUSE).await,
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(%error, "Mail waits for the database");
                    tokio::time::sleep(PAUSE * 5).await;
                }
            }
        }
    });
}

/// Takes what is due once and sends it; how many mails were taken.
///
/// # Errors
/// When the database fails.
pub async fn work_off(state: &AppState) -> AppResult<usize> {
    let due = mail::claim(&state.db, state.clock.now(), LEASE, AT_ONCE).await?;
    for waiting in &due {
        let outcome = send(state, waiting).await;
        let now = state.clock.now();
        let (error, again) = match &outcome {
            Ok(()) => (String::new(), None),
            Err(error) => (format!("{error:#}"), next_try(now, waiting.attempts)),
        };
        if !error.is_empty() {
            tracing::warn!(mail = %waiting.id, attempts = waiting.attempts, error, "A mail was not taken");
        }
        mail::settle(&state.db, waiting.id, now, &error, again).await?;
    }
    Ok(due.len())
}

async fn send(state: &AppState, mail: &Waiting) -> anyhow::Result<()> {
    let letter: Letter = serde_json::from_value(mail.letter.clone())?;
    state.mailer.send(mail.id, &mail.recipient, &letter).await
}

fn next_try(now: DateTime<Utc>, attempts: i32) -> Option<DateTime<Utc>> {
    let minutes = AGAIN.get(usize::try_from(attempts).ok()?.checked_sub(1)?)?;
    Some(now + TimeDelta::minutes(*minutes))
}
