//! What PostgreSQL alone gives: a page's own statements, recorded from the server's log and replayed by pgbench under the same
//! role and row security.
use super::client::{Ask, Client};
use super::load::Measured;
use super::server::Server;
use super::{Scenario, procs};
use anyhow::{Context, Result};
use sqlx::{Connection, Executor, PgConnection};
use std::collections::HashMap;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

/// How many of a page's variants are replayed: as many workshops as take turns in front of the server.
const VARIANTS: usize = 20;

/// A page's scripts, one for each workshop, and the names under which pgbench has their statements planned once a connection.
#[derive(Default)]
pub(crate) struct Floor {
    scripts: Vec<PathBuf>,
    statements: Vec<String>,
}

/// Records each reading page's statements as pgbench scripts.
pub(crate) async fn record(server: &Server, scenarios: &[Scenario]) -> Result<HashMap<String, Floor>> {
    let mut admin = PgConnection::connect(&server.cluster.superuser_url("postgres")).await?;
    prepare_select_only(server, &mut admin).await?;
    log_statements(&mut admin, true).await?;
    let floors = record_all(server, scenarios).await;
    log_statements(&mut admin, false).await?;
    floors
}

async fn record_all(server: &Server, scenarios: &[Scenario]) -> Result<HashMap<String, Floor>> {
    let mut floors = HashMap::new();
    for scenario in scenarios
        .iter()
        .filter(|s| s.variants.len() > 1 && s.variants[0].method == "GET")
    {
        let step = (scenario.variants.len() / VARIANTS).max(1);
        let mut floor = Floor::default();
        for (n, ask) in scenario.variants.iter().step_by(step).enumerate() {
            let path = server
                .log
                .with_file_name(format!("floor-{}-{n}.sql", scenario.name));
            std::fs::write(&path, script(&logged(server, ask).await?, &mut floor.statements))?;
            floor.scripts.push(path);
        }
        floors.insert(scenario.name.clone(), floor);
    }
    Ok(floors)
}

/// What the database logged while it answered one request.
async fn logged(server: &Server, ask: &Ask) -> Result<String> {
    let from = std::fs::metadata(&server.log)?.len();
    Client::new(server.address).send(ask, 0).await?;
    tokio::time::sleep(Duration::from_millis(60)).await;
    let log = std::fs::read(&server.log)?;
    let new = log.get(usize::try_from(from)?..).unwrap_or_default();
    Ok(String::from_utf8_lossy(new).into_owned())
}

async fn log_statements(admin: &mut PgConnection, on: bool) -> Result<()> {
    let settings = if on {
        [
            "alter system set log_min_duration_statement = 0",
            "alter system set log_error_verbosity = 'default'",
        ]
    } else {
        [
            "alter system reset log_min_duration_statement",
            "alter system reset log_error_verbosity",
        ]
    };
    for setting in settings {
        admin.execute(setting).await?;
    }
    admin.execute("select pg_reload_conf()").await?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    Ok(())
}

/// The executed statements of a page's transaction in a stretch of log; what the server's own jobs do meanwhile never comes in as anybody.
/// As the server does, a connection plans each statement once and then binds values to it: `planned` grows by what was not met before.
fn script(log: &str, planned: &mut Vec<String>) -> String {
    let mut statements: Vec<(String, Option<String>)> = Vec::new();
    let (mut page, mut executed) = (None, false);
    for entry in log.lines().fold(Vec::<String>::new(), join_continued) {
        let process = process_of(&entry);
        if let Some((_, sql)) = entry.split_once("statement: ") {
            executed = false;
            if sql.starts_with("BEGIN") && sql.contains("auth.authenticate(") {
                page = process;
                statements.extend(sql.split("; ").map(|sql| (sql.to_owned(), None)));
            } else if process == page {
                page = None;
            }
        } else if page.is_none() || process != page {
            // Another connection's: a job, or another page.
        } else if let Some(parameters) = parameters_of(&entry) {
            // The same stands below the line of a statement's bind.
            if let (true, Some((_, values))) = (executed, statements.last_mut()) {
                *values = Some(values_of(parameters));
            }
            executed = false;
        } else if let Some((_, sql)) = entry
            .split_once(" execute ")
            .and_then(|(_, rest)| rest.split_once(": "))
        {
            statements.push((sql.trim_end_matches(';').to_owned(), Some(String::new())));
            executed = true;
        } else {
            executed = false;
        }
    }
    let mut script = String::new();
    for (sql, values) in statements {
        let Some(values) = values else {
            script += &format!("{sql};\n");
            continue;
        };
        let number = planned.iter().position(|known| *known == sql).unwrap_or_else(|| {
            planned.push(sql.clone());
            planned.len() - 1
        });
        script += &format!(
            "\\if :p{number}\n\\else\nprepare p{number} as {sql};\n\\set p{number} 1\n\\endif\nexecute p{number}{values};\n"
        );
    }
    script + "ROLLBACK;\n"
}

/// The number of the database process that wrote an entry, which each begins with: `time [number] `.
fn process_of(entry: &str) -> Option<u32> {
    let (number, _) = entry.split_once('[')?.1.split_once(']')?;
    number.parse().ok()
}

/// Capitalized since PostgreSQL 16.
fn parameters_of(entry: &str) -> Option<&str> {
    let (_, detail) = entry.split_once("DETAIL:  ")?;
    detail
        .strip_prefix("parameters: ")
        .or_else(|| detail.strip_prefix("Parameters: "))
}

/// The log breaks long statements into lines that start with a tab.
fn join_continued(mut entries: Vec<String>, line: &str) -> Vec<String> {
    match entries.last_mut() {
        Some(last) if line.starts_with('\t') => {
            // Lines stay lines: a comment ends with its own.
            last.push('\n');
            last.push_str(line.trim());
        }
        _ => entries.push(line.to_owned()),
    }
    entries
}

/// `$1 = 'a', $2 = NULL` as `('a', NULL)`.
fn values_of(parameters: &str) -> String {
    let values: Vec<&str> = parameters
        .split(", $")
        .filter_map(|parameter| Some(parameter.trim_start_matches('$').split_once(" = ")?.1))
        .collect();
    format!("({})", values.join(", "))
}

async fn prepare_select_only(server: &Server, admin: &mut PgConnection) -> Result<()> {
    let exists: bool =
        sqlx::query_scalar("select exists (select from pg_database where datname = 'pgbench')")
            .fetch_one(&mut *admin)
            .await?;
    if !exists {
        admin.execute("create database pgbench").await?;
        pgbench(&["-i", "-q", "-s", "5", &server.cluster.superuser_url("pgbench")])?;
    }
    Ok(())
}

/// `pgbench -S`: one row by key, the least a database can do.
pub(crate) async fn select_only(server: &Server, clients: usize, secs: u64) -> Result<Measured> {
    let (clients, secs, url) = (
        clients.to_string(),
        secs.to_string(),
        server.cluster.superuser_url("pgbench"),
    );
    timed(
        server,
        vec![
            "-n".into(),
            "-S".into(),
            "-M".into(),
            "prepared".into(),
            "-c".into(),
            clients,
            "-T".into(),
            secs,
            url,
        ],
    )
    .await
}

/// The recorded scripts, drawn at random.
pub(crate) async fn replay(server: &Server, floor: &Floor, clients: usize, secs: u64) -> Result<Measured> {
    let mut args: Vec<String> = vec![
        "-n".into(),
        "-M".into(),
        "simple".into(),
        "-c".into(),
        clients.to_string(),
    ];
    // Each connection plans the page's statements first, and pgbench has no warm-up: 64 of them need more than a second for that.
    args.extend(["-T".to_owned(), secs.max(3).to_string()]);
    for number in 0..floor.statements.len() {
        args.extend(["-D".to_owned(), format!("p{number}=0")]);
    }
    for script in &floor.scripts {
        args.extend(["-f".to_owned(), script.display().to_string()]);
    }
    args.push(server.cluster.app_url("gantry"));
    timed(server, args).await
}

async fn timed(server: &Server, args: Vec<String>) -> Result<Measured> {
    let before = server.processes().cpu();
    let text =
        tokio::task::spawn_blocking(move || pgbench(&args.iter().map(String::as_str).collect::<Vec<_>>()))
            .await??;
    let after = server.processes().cpu();
    let number = |label: &str| {
        text.lines().find_map(|line| {
            line.strip_prefix(label)?
                .split_whitespace()
                .next()?
                .parse::<f64>()
                .ok()
        })
    };
    let rate = number("tps = ").context("pgbench printed no rate")?;
    let count = number("number of transactions actually processed: ")
        .unwrap_or(1.0)
        .max(1.0);
    let database_cpu_ms = (after.database - before.database) * 1000.0 / count;
    Ok(Measured {
        rate,
        p50_ms: number("latency average = ").unwrap_or_default(),
        database_cpu_ms,
        ..Measured::default()
    })
}

fn pgbench(args: &[&str]) -> Result<String> {
    let installed = ["18", "17", "16", "15"].map(|v| format!("/usr/lib/postgresql/{v}/bin/pgbench"));
    let program = installed
        .iter()
        .find(|p| std::path::Path::new(p).exists())
        .map_or("pgbench", String::as_str);
    let output = Command::new(program)
        .args(args)
        .output()
        .with_context(|| program.to_owned())?;
    anyhow::ensure!(
        output.status.success(),
        "pgbench: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether the machine keeps load and server apart, for the report's first line.
pub(crate) fn layout() -> &'static str {
    if procs::can_pin() {
        "server and database on core 0, load on core 1"
    } else {
        "not pinned: server, database and load share the cores"
    }
}

#[cfg(test)]
mod tests {
    use super::script;

    #[test]
    fn a_log_becomes_a_script_that_plans_once_and_binds() {
        let log = "\
            2026 [7] LOG:  duration: 0.1 ms  statement: BEGIN READ ONLY; SELECT auth.authenticate('x')\n\
            2026 [7] LOG:  duration: 0.2 ms  bind s1: select $1\n\
            2026 [7] DETAIL:  parameters: $1 = 'x', $2 = '7'\n\
            2026 [7] LOG:  duration: 0.3 ms  execute s1: select a\n\tfrom t where b = $1 and c = $2\n\
            2026 [8] LOG:  duration: 0.1 ms  execute s9: select * from auth.claim_mails($1)\n\
            2026 [8] DETAIL:  parameters: $1 = 'now'\n\
            2026 [7] DETAIL:  parameters: $1 = 'x', $2 = '7'\n\
            2026 [7] LOG:  duration: 0.1 ms  execute s2: select now()\n\
            2026 [7] LOG:  duration: 0.1 ms  bind s3: select $1\n\
            2026 [7] DETAIL:  parameters: $1 = 'late'\n\
            2026 [7] LOG:  duration: 0.1 ms  statement: ROLLBACK\n\
            2026 [7] LOG:  duration: 0.1 ms  execute s4: select auth.touch_session($1)\n";
        let mut planned = Vec::new();
        assert_eq!(
            script(log, &mut planned),
            "BEGIN READ ONLY;\nSELECT auth.authenticate('x');\n\\if :p0\n\\else\nprepare p0 as select a\nfrom t where b = $1 and c = $2;\n\\set p0 1\n\\endif\nexecute p0('x', '7');\n\
             \\if :p1\n\\else\nprepare p1 as select now();\n\\set p1 1\n\\endif\nexecute p1;\nROLLBACK;\n"
        );
        assert_eq!(
            planned,
            ["select a\nfrom t where b = $1 and c = $2", "select now()"]
        );
        script(log, &mut planned);
        assert_eq!(planned.len(), 2, "known already");
    }
}
