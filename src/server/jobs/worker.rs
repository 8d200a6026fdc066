//! The library's worker: begun again when it ends or stands still, and able to find the work of a server that died.
use super::{Job, schedule};
use crate::server::db::jobs::{self, SCHEMA};
use crate::server::state::AppState;
use crate::server::supervise;
use anyhow::{Context, Result};
use graphile_worker::{
    IntoTaskHandlerResult, JobDefinition, TaskHandler, Worker, WorkerContext, WorkerOptions,
    WorkerRecoveryConfig,
};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use uuid::Uuid;

/// Jobs of one server at once; sending mail waits for mail servers most of the time.
const AT_ONCE: usize = 4;
/// Connections of the worker: one listens, the others fetch and note.
const CONNECTIONS: u32 = 3;
/// How long requests to stop are waited for before jobs under way are given back.
const GRACE: Duration = Duration::from_secs(8);
/// How often somebody looks whether work stands still, and how long it may be due while this server does none.
const LOOK: Duration = Duration::from_secs(15);
const STANDSTILL: f64 = 60.0;

/// What handlers are given besides their job.
#[derive(Clone)]
struct Bench {
    state: AppState,
    begun: Arc<AtomicUsize>,
    ended: Arc<AtomicUsize>,
}

impl fmt::Debug for Bench {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Bench")
    }
}

impl Bench {
    fn new(state: AppState) -> Self {
        Self {
            state,
            begun: Arc::default(),
            ended: Arc::default(),
        }
    }
    /// Jobs that ended, and whether any is under way.
    fn progress(&self) -> (usize, bool) {
        let ended = self.ended.load(Ordering::SeqCst);
        (ended, self.begun.load(Ordering::SeqCst) != ended)
    }
}

/// A job as the queue stores it.
#[derive(Serialize, Deserialize)]
#[serde(bound(serialize = "J: Job", deserialize = "J: Job"))]
struct Task<J> {
    #[serde(default)]
    org: Option<Uuid>,
    job: J,
}

impl<J: Job> TaskHandler for Task<J> {
    const IDENTIFIER: &'static str = J::NAME;
    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let bench = context
            .get_ext::<Bench>()
            .cloned()
            .context("a worker without its state")?;
        bench.begun.fetch_add(1, Ordering::SeqCst);
        // A panic ends the job only.
        let (state, org) = (bench.state.clone(), self.org);
        let work = tokio::spawn(async move { self.job.run(&state, org).await });
        let outcome = work.await;
        bench.ended.fetch_add(1, Ordering::SeqCst);
        let outcome = outcome.unwrap_or_else(|panic| Err(panic.into()));
        if let Err(error) = &outcome {
            tracing::warn!(
                job = J::NAME,
                attempt = context.job().attempts(),
                error = format!("{error:#}"),
                "A job failed"
            );
        }
        outcome
    }
}

/// The library's name for a kind of work.
pub(super) fn define<J: Job>() -> JobDefinition {
    Task::<J>::definition()
}

/// Works until the process stops.
pub fn start(state: AppState) {
    let stopping = state.events.stopping();
    supervise::forever("jobs", stopping, move || {
        let state = state.clone();
        async move {
            if let Err(error) = work(state).await {
                tracing::warn!(error = format!("{error:#}"), "Background work waits");
                tokio::time::sleep(Duration::from_secs(4)).await;
            }
        }
    });
}

/// One worker's life: until the process stops, the worker fails, or work stands still under its hands.
async fn work(state: AppState) -> Result<()> {
    let bench = Bench::new(state.clone());
    let worker = worker(&bench, true).await?;
    let outcome = tokio::select! {
        ended = worker.run() => ended.map_err(anyhow::Error::from),
        () = standstill(&bench) => {
            tracing::error!("Work is due and nobody does it; the worker is begun anew");
            worker.request_shutdown();
            Ok(())
        }
    };
    outcome
}

/// Resolves when work has been due for long although this server did nothing meanwhile.
async fn standstill(bench: &Bench) {
    let mut before = bench.progress();
    loop {
        tokio::time::sleep(LOOK).await;
        let now = bench.progress();
        let idle = now == before && !now.1;
        before = now;
        let late = jobs::lag(&bench.state.db)
            .await
            .is_ok_and(|lag| lag.oldest_s > STANDSTILL);
        if idle && late {
            return;
        }
    }
}

async fn worker(bench: &Bench, serves: bool) -> Result<Worker> {
    let pool = bench.state.db.jobs_pool(CONNECTIONS).await?;
    let kinds = bench.state.app.jobs();
    let options = WorkerOptions::default()
        .schema(SCHEMA)
        .pg_pool(pool)
        .concurrency(AT_ONCE)
        .add_extension(bench.clone())
        .define_jobs(kinds.iter().map(|kind| (kind.define)()))
        .listen_os_shutdown_signals(false)
        .shutdown_grace_period(GRACE)
        .worker_recovery(recovery());
    let options = if serves {
        options
            .shutdown_signal(bench.state.events.stopped())
            .with_cron(&schedule(kinds))
            .context("the schedule of jobs")?
    } else {
        options
    };
    Ok(options.init().await?)
}

/// A server that said nothing for a minute is dead: its jobs are another's.
fn recovery() -> WorkerRecoveryConfig {
    WorkerRecoveryConfig::default()
        .heartbeat_interval(Duration::from_secs(10))
        .sweep_interval(Duration::from_secs(20))
        .sweep_threshold(Duration::from_secs(60))
        .recovery_delay(Duration::from_secs(1))
        .enabled(true)
}

/// Does what is due and returns; how many jobs were done. For tests and for whoever stops a server.
///
/// # Errors
/// When the database fails.
pub async fn run_due(state: &AppState) -> Result<usize> {
    let bench = Bench::new(state.clone());
    let worker = worker(&bench, false).await?;
    worker.run_once().await?;
    worker.pg_pool().close().await;
    Ok(bench.progress().0)
}
