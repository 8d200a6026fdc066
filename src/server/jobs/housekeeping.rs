//! What the server does for itself by the clock.
use super::Job;
use crate::server::auth::cleanup;
use crate::server::db::jobs;
use crate::server::measure;
use crate::server::state::AppState;
use anyhow::Context;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How long keys of forms are remembered; a second delivery arrives within minutes.
const FORM_KEYS: TimeDelta = TimeDelta::days(7);
/// How long what letters said, and jobs that were given up, are kept.
const LETTERS: TimeDelta = TimeDelta::days(90);

/// Measures what workshops store, each once a day.
#[derive(Serialize, Deserialize)]
pub struct MeasureStorage {}

impl Job for MeasureStorage {
    const NAME: &'static str = "measure_storage";
    const TRIES: i32 = 2;
    async fn run(self, state: &AppState, _: Option<Uuid>) -> anyhow::Result<()> {
        measure::measure_due(state).await?;
        Ok(())
    }
}

/// Forgets ended sessions, old guesses, old letters, jobs that were given up; every workshop's old form keys follow as jobs of their own.
#[derive(Serialize, Deserialize)]
pub struct CleanUp {}

impl Job for CleanUp {
    const NAME: &'static str = "clean_up";
    const TRIES: i32 = 3;
    async fn run(self, state: &AppState, _: Option<Uuid>) -> anyhow::Result<()> {
        let gone = cleanup::run(state).await?;
        let (given_up, letters) = jobs::forget(&state.db, state.clock.now() - LETTERS).await?;
        tracing::info!(gone, given_up, letters, "Cleaned up");
        jobs::queue_for_all::<ForgetFormKeys>(&state.db).await?;
        Ok(())
    }
}

/// Forgets the old form keys of one workshop.
#[derive(Serialize, Deserialize)]
pub struct ForgetFormKeys {}

impl Job for ForgetFormKeys {
    const NAME: &'static str = "forget_form_keys";
    const TRIES: i32 = 3;
    async fn run(self, state: &AppState, org: Option<Uuid>) -> anyhow::Result<()> {
        let org = org.context("form keys are a workshop's")?;
        let before = state.clock.now() - FORM_KEYS;
        jobs::forget_form_keys(&state.db, org, before).await?;
        Ok(())
    }
}
