//! Slowing guesses: per account exponentially and never for good, per address, counted in the database for all servers.
use super::session::digest;
use crate::kernel::{AppError, AppResult};
use crate::server::db::{Db, identity};
use chrono::{DateTime, TimeDelta, Utc};

/// Guesses at one account within fifteen minutes before it slows down, and the most that are ever verified in that time.
const FREE_GUESSES: i64 = 5;
const MOST_GUESSES: i64 = 10;
/// Guesses from one address within a minute.
const FROM_ADDRESS: i64 = 30;

/// Refuses the guess when its account or address guessed too often lately.
///
/// # Errors
/// [`AppError::SlowDown`] with the seconds to wait.
pub async fn admit(db: &Db, email_norm: &str, address: &str, now: DateTime<Utc>) -> AppResult<()> {
    let account = digest(email_norm);
    let guesses = identity::count_guesses(
        db,
        &account,
        address,
        now - TimeDelta::minutes(15),
        now - TimeDelta::minutes(1),
    )
    .await?;
    let wait = if guesses.address >= FROM_ADDRESS {
        60
    } else if guesses.account >= MOST_GUESSES {
        900
    } else if guesses.account >= FREE_GUESSES {
        1i64 << (guesses.account - FREE_GUESSES)
    } else {
        0
    };
    let waited = guesses
        .last_wrong
        .map_or(i64::MAX, |last| (now - last).num_seconds());
    if wait > 0 && waited < wait {
        identity::note_attempt(db, &account, address, now, "throttled").await?;
        return Err(AppError::SlowDown {
            retry_after_s: u32::try_from(wait - waited).unwrap_or(900),
        });
    }
    Ok(())
}

/// Keeps what became of a guess.
///
/// # Errors
/// When the database fails.
pub async fn note(db: &Db, email_norm: &str, address: &str, now: DateTime<Utc>, fits: bool) -> AppResult<()> {
    identity::note_attempt(
        db,
        &digest(email_norm),
        address,
        now,
        if fits { "ok" } else { "wrong" },
    )
    .await
}
