//! What was seen, as tables.
use super::Scenario;
use super::client::Client;
use super::floor::layout;
use super::load::Measured;
use super::procs::memory_mib;
use super::server::Server;
use anyhow::{Result, ensure};
use std::path::Path;

/// A page as a browser gets it.
pub(crate) struct PageFacts {
    name: String,
    statements: String,
    trips: String,
    html: usize,
    css: u64,
    script: u64,
    wasm: u64,
}

/// All rounds: who, what, clients, measurements.
#[derive(Default)]
pub(crate) struct Results(Vec<(String, String, usize, Vec<Measured>)>);

impl Results {
    pub(crate) fn add(&mut self, who: &str, what: &str, clients: usize, measured: Measured) {
        match self
            .0
            .iter_mut()
            .find(|(w, s, c, _)| w == who && s == what && *c == clients)
        {
            Some((.., rounds)) => rounds.push(measured),
            None => self
                .0
                .push((who.to_owned(), what.to_owned(), clients, vec![measured])),
        }
    }

    fn rounds(&self, who: &str, what: &str, clients: usize) -> Option<&[Measured]> {
        self.0
            .iter()
            .find(|(w, s, c, _)| w == who && s == what && *c == clients)
            .map(|(.., rounds)| rounds.as_slice())
    }
}

/// Asks for each page once as a browser would: its status is right, and what it weighs and asks of the database.
pub(crate) async fn look(server: &Server, scenarios: &[Scenario]) -> Result<Vec<PageFacts>> {
    let mut facts = Vec::new();
    for scenario in scenarios {
        let mut ask = scenario.variants[0].clone();
        ask.headers.push(("Accept-Encoding".to_owned(), "br".to_owned()));
        let compressed = Client::new(server.address).send(&ask, 1).await?;
        let plain = Client::new(server.address).send(&scenario.variants[0], 2).await?;
        ensure!(
            ask.status.contains(&plain.status),
            "{} answered {}",
            ask.path,
            plain.status
        );
        let timing = plain.header("server-timing").unwrap_or_default().to_owned();
        let desc = |name: &str| {
            timing
                .split_once(&format!("{name};desc=\""))
                .and_then(|(_, rest)| rest.split('"').next())
                .unwrap_or("?")
                .to_owned()
        };
        let text = String::from_utf8_lossy(&plain.body);
        let page = scenario.variants[0].method == "GET";
        let file = |suffix: &str| linked(&text, suffix).map_or(0, |path| weight(&server.site_dir, &path));
        facts.push(PageFacts {
            name: scenario.name.clone(),
            statements: desc("statements"),
            trips: desc("trips"),
            html: compressed.body.len(),
            css: if page { file(".css") } else { 0 },
            script: file(".js"),
            wasm: file(".wasm"),
        });
    }
    Ok(facts)
}

/// The first linked file with that ending.
fn linked(html: &str, suffix: &str) -> Option<String> {
    html.split('"')
        .find(|part| part.starts_with("/pkg/") && part.ends_with(suffix))
        .map(ToOwned::to_owned)
}

/// Bytes of the precompressed file.
fn weight(site: &Path, path: &str) -> u64 {
    std::fs::metadata(site.join(format!("{}.br", path.trim_start_matches('/')))).map_or(0, |m| m.len())
}

/// Everything, ready to paste.
pub(crate) fn print(server: &Server, pages: &[PageFacts], results: &Results) {
    println!("\nLayout: {}", layout());
    let (cold, idle, after) = (
        server.cold_start.as_secs_f64() * 1000.0,
        server.idle_mib,
        memory_mib(server.pid()),
    );
    println!(
        "Cold start to first connection: {cold:.0} ms; memory of the server: {idle:.1} MiB idle, {after:.1} MiB after all of it"
    );
    println!(
        "\n{:12} {:>10} {:>11} {:>8} {:>7} {:>7} {:>8}",
        "page", "statements", "round trips", "html br", "css br", "js br", "wasm br"
    );
    for page in pages {
        println!(
            "{:12} {:>10} {:>11} {:>8} {:>7} {:>7} {:>8}",
            page.name, page.statements, page.trips, page.html, page.css, page.script, page.wasm
        );
    }
    println!(
        "\n{:12} {:14} {:>7} {:>9} {:>8} {:>8} {:>9} {:>8} {:>6}  gantry / this",
        "page", "who", "clients", "req/s", "p50 ms", "p99 ms", "server ms", "db ms", "errors"
    );
    for (who, what, clients, rounds) in &results.0 {
        let m = Measured::median(rounds);
        let ratio = ratio(results.rounds("gantry", what, *clients), rounds, who);
        println!(
            "{what:12} {who:14} {clients:>7} {:>9.1} {:>8.2} {:>8.2} {:>9.2} {:>8.2} {:>6}  {ratio}",
            m.rate, m.p50_ms, m.p99_ms, m.server_cpu_ms, m.database_cpu_ms, m.errors
        );
    }
}

/// The median of the rounds' ratios with the least and the most.
fn ratio(ours: Option<&[Measured]>, theirs: &[Measured], who: &str) -> String {
    let Some(ours) = ours.filter(|_| who != "gantry") else {
        return String::new();
    };
    let mut ratios: Vec<f64> = ours
        .iter()
        .zip(theirs)
        .map(|(a, b)| a.rate / b.rate.max(0.001))
        .collect();
    ratios.sort_by(f64::total_cmp);
    match (ratios.first(), ratios.last()) {
        (Some(least), Some(most)) => format!(
            "{:.2} ({least:.2}–{most:.2})",
            super::procs::median(ratios.clone())
        ),
        _ => String::new(),
    }
}
