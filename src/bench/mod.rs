//! `gantry bench`: every important page and write of the running product, measured beside what PostgreSQL alone gives.
//!
//! Closed loops at 1, 16 and 64 clients, interleaved in rounds with `pgbench -S`, with each page's own SQL under row security (recorded from
//! the server, replayed by pgbench), and with other servers where `PEERS` names a folder with their `bench/targets.json`. The server and
//! its database run on one core, the load on another; quote ratios of one run, never absolute times.
mod client;
mod data;
mod floor;
mod load;
mod peers;
mod procs;
mod report;
mod server;

use crate::server::config::Config;
use anyhow::Result;
use clap::Args;
use std::time::Duration;

/// How long and how hard.
#[derive(Debug, Clone, Args)]
pub struct BenchOptions {
    /// Rounds; each measures everything once
    #[arg(long, default_value_t = 3)]
    rounds: u32,
    /// Seconds for each measurement
    #[arg(long, default_value_t = 3)]
    secs: u64,
    /// Clients at once, comma-separated
    #[arg(long, default_value = "1,16,64", value_delimiter = ',')]
    clients: Vec<usize>,
    /// Workshops with a year's work each
    #[arg(long, default_value_t = 20)]
    orgs: u32,
    /// Folder with other running servers to compare with: its bench/targets.json
    #[arg(long, env = "PEERS")]
    peers: Option<std::path::PathBuf>,
}

/// One thing to ask for, again and again: variants take turns.
#[derive(Debug, Clone)]
pub(crate) struct Scenario {
    pub(crate) name: String,
    pub(crate) variants: Vec<client::Ask>,
}

/// Measures and prints.
///
/// # Errors
/// When the bundle was not built, the database cannot be made, or a page does not answer as it should.
pub async fn run(config: &Config, options: &BenchOptions) -> Result<()> {
    procs::pin_load();
    let server = server::start(config, options.orgs).await?;
    // Whatever went wrong: nothing keeps running.
    let measured = measure(&server, options).await;
    server.stop().await?;
    measured
}

async fn measure(server: &server::Server, options: &BenchOptions) -> Result<()> {
    let scenarios = data::scenarios(server).await?;
    let pages = report::look(server, &scenarios).await?;
    let floors = floor::record(server, &scenarios).await?;
    let rivals = options
        .peers
        .as_deref()
        .map(peers::read)
        .transpose()?
        .unwrap_or_default();
    let mut results = report::Results::default();
    for round in 1..=options.rounds {
        println!(
            "Round {round} of {}, load {}",
            options.rounds,
            procs::load_average()
        );
        for clients in &options.clients {
            let seconds = Duration::from_secs(options.secs);
            results.add(
                "pgbench -S",
                "one row",
                *clients,
                floor::select_only(server, *clients, options.secs).await?,
            );
            for scenario in &scenarios {
                let measured = load::measure(scenario, *clients, seconds, &server.processes()).await?;
                results.add("gantry", &scenario.name, *clients, measured);
                if let Some(script) = floors.get(&scenario.name) {
                    results.add(
                        "its SQL alone",
                        &scenario.name,
                        *clients,
                        floor::replay(server, script, *clients, options.secs).await?,
                    );
                }
                for rival in &rivals {
                    if let Some(theirs) = rival.scenarios.iter().find(|s| s.name == scenario.name) {
                        results.add(
                            &rival.name,
                            &scenario.name,
                            *clients,
                            load::measure(theirs, *clients, seconds, &rival.processes).await?,
                        );
                    }
                }
            }
        }
    }
    report::print(server, &pages, &results);
    Ok(())
}
