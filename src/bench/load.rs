//! Closed loops: each client asks again as soon as it was answered.
use super::Scenario;
use super::client::Client;
use super::procs::{self, Processes};
use anyhow::{Result, bail};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// One measurement.
#[derive(Debug, Clone, Default)]
pub(crate) struct Measured {
    /// Right answers a second.
    pub(crate) rate: f64,
    pub(crate) p50_ms: f64,
    pub(crate) p99_ms: f64,
    /// CPU milliseconds for each answer, in the server and in the database.
    pub(crate) server_cpu_ms: f64,
    pub(crate) database_cpu_ms: f64,
    pub(crate) errors: u64,
}

/// Asks for `time` with that many clients; a fifth of it before to warm up.
pub(crate) async fn measure(
    scenario: &Scenario,
    clients: usize,
    time: Duration,
    processes: &Processes,
) -> Result<Measured> {
    lap(scenario, clients, time / 5).await?;
    let before = processes.cpu();
    let started = Instant::now();
    let (mut times, errors) = lap(scenario, clients, time).await?;
    let elapsed = started.elapsed().as_secs_f64();
    let after = processes.cpu();
    if times.is_empty() {
        bail!("{}: no right answer at {clients} clients", scenario.name);
    }
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
    let count = times.len() as f64;
    Ok(Measured {
        rate: count / elapsed,
        p50_ms: at(0.5),
        p99_ms: at(0.99),
        server_cpu_ms: (after.server - before.server) * 1000.0 / count,
        database_cpu_ms: (after.database - before.database) * 1000.0 / count,
        errors,
    })
}

async fn lap(scenario: &Scenario, clients: usize, time: Duration) -> Result<(Vec<Duration>, u64)> {
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    let until = Instant::now() + time;
    let scenario = Arc::new(scenario.clone());
    let mut tasks = tokio::task::JoinSet::new();
    for client in 0..clients {
        let scenario = scenario.clone();
        tasks.spawn(async move {
            let (mut times, mut errors, mut turn) = (Vec::new(), 0u64, client);
            let mut connection = Client::new(scenario.variants[0].address);
            while Instant::now() < until {
                let ask = &scenario.variants[turn % scenario.variants.len()];
                turn += 1;
                let started = Instant::now();
                match connection
                    .send(ask, COUNTER.fetch_add(1, Ordering::Relaxed))
                    .await
                {
                    Ok(reply) if ask.status.contains(&reply.status) => times.push(started.elapsed()),
                    _ => errors += 1,
                }
            }
            (times, errors)
        });
    }
    let (mut all, mut errors) = (Vec::new(), 0);
    while let Some(done) = tasks.join_next().await {
        let (times, wrong) = done?;
        all.extend(times);
        errors += wrong;
    }
    Ok((all, errors))
}

impl Measured {
    /// Field by field the median of several rounds.
    pub(crate) fn median(rounds: &[Self]) -> Self {
        let of = |pick: fn(&Self) -> f64| procs::median(rounds.iter().map(pick).collect());
        Self {
            rate: of(|m| m.rate),
            p50_ms: of(|m| m.p50_ms),
            p99_ms: of(|m| m.p99_ms),
            server_cpu_ms: of(|m| m.server_cpu_ms),
            database_cpu_ms: of(|m| m.database_cpu_ms),
            errors: rounds.iter().map(|m| m.errors).sum(),
        }
    }
}
