//! The job that sends waiting mail.
use super::letter::Letter;
use crate::server::db::mail;
use crate::server::jobs::Job;
use crate::server::state::AppState;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Minutes until the next try, after each that failed; the last one is given up.
const AGAIN: [i64; 7] = [1, 5, 15, 60, 180, 480, 720];

/// Sends one mail. What a mail server refuses is queued anew for later, so a try of the job itself is only spent where the database or the
/// process fails.
#[derive(Serialize, Deserialize)]
pub struct SendMail {
    mail: Uuid,
}

impl Job for SendMail {
    const NAME: &'static str = "send_mail";
    const TRIES: i32 = 3;
    async fn run(self, state: &AppState, _: Option<Uuid>) -> anyhow::Result<()> {
        let Some(waiting) = mail::take(&state.db, self.mail).await? else {
            return Ok(());
        };
        let outcome = match serde_json::from_value::<Letter>(waiting.letter) {
            Ok(letter) => state.mailer.send(self.mail, &waiting.recipient, &letter).await,
            Err(malformed) => Err(malformed.into()),
        };
        let (error, again) = match &outcome {
            Ok(()) => (String::new(), None),
            Err(error) => (format!("{error:#}"), next_try(waiting.attempts)),
        };
        if !error.is_empty() {
            tracing::warn!(mail = %self.mail, attempts = waiting.attempts, error, "A mail was not taken");
        }
        mail::finish(&state.db, self.mail, state.clock.now(), &error, again).await?;
        Ok(())
    }
}

fn next_try(attempts: i32) -> Option<TimeDelta> {
    let minutes = AGAIN.get(usize::try_from(attempts).ok()?.checked_sub(1)?)?;
    Some(TimeDelta::minutes(*minutes))
}
