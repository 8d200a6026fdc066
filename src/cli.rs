//! The program's commands.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

use crate::bench::BenchOptions;
use crate::seed::{self, Plan, Seeded, Size};
use crate::server::audit_chain::{self, Head};
use crate::server::clock::SystemClock;
use crate::server::config::{Config, Databases, Secret};
use crate::server::embedded::{Cluster, EmbeddedOptions};
use crate::server::options::Options;
use crate::server::{doctor, telemetry};

/// The software a repair workshop runs on.
///
/// Without DATABASE_URL, Gantry keeps a PostgreSQL of its own in the data directory: the programs of PostgreSQL 15.20 or
/// newer must be installed, nothing else. Every setting can be given as a flag or in the environment.
#[derive(Debug, Parser)]
#[command(name = "gantry", version, max_term_width = 110)]
pub struct Cli {
    /// The settings, valid for every command.
    #[command(flatten)]
    pub options: Options,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server (the default)
    Serve {
        /// Fill an empty database with a demonstration workshop
        #[arg(long)]
        demo: bool,
    },
    /// Bring the database's schema up to date
    Migrate,
    /// Print every page, API route and server function with the right it needs
    Routes {
        /// As a JSON array: method, path, right, writes, params
        #[arg(long)]
        json: bool,
    },
    /// Fill an empty database with workshops: the same ones for the same seed
    Seed {
        /// Decides every name, date and price that is drawn
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// How many workshops (of the demonstration, at most two)
        #[arg(long, default_value_t = 2)]
        orgs: usize,
        /// How much in each
        #[arg(long, value_enum, default_value = "demo")]
        size: Size,
    },
    /// Check settings, database and files; print every problem and exit with 1 when the server would refuse to start
    Doctor,
    /// Check in every workshop what must always hold; print the rows that break it and exit with 1
    VerifyInvariants,
    /// Check in every workshop that nobody changed the trail; print the first wrong row of each and exit with 1
    VerifyAudit {
        /// Print where every chain ends instead: keep it outside, once a day
        #[arg(long)]
        heads: bool,
        /// Compare with the heads that were kept in this file
        #[arg(long, conflicts_with = "heads")]
        against: Option<PathBuf>,
    },
    /// Measure the pages against a year's data, beside their own SQL and other servers
    Bench {
        #[command(flatten)]
        options: BenchOptions,
    },
    /// Let somebody of ours into the console at /platform, or out of it
    PlatformAdmin {
        #[command(subcommand)]
        action: AdminAction,
    },
    /// Start the embedded database, leave it running and print its owner's connection string
    DbUrl,
}

#[derive(Debug, Subcommand)]
enum AdminAction {
    /// Make an account, or give one a new password; prints the password once unless it is read from standard input
    Create {
        #[arg(long)]
        email: String,
        /// [default: the address]
        #[arg(long)]
        name: Option<String>,
        /// Read the password from the first line of standard input
        #[arg(long)]
        password_stdin: bool,
    },
    /// Take an account away; its sessions end
    Remove {
        #[arg(long)]
        email: String,
    },
}

/// Runs the command given on the command line. Wrong usage or settings exit with 2, failures with 1.
pub async fn run() -> ExitCode {
    let cli = Cli::parse();
    let config = match Config::new(cli.options, std::env::vars_os()) {
        Ok(config) => config,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::from(2);
        }
    };
    telemetry::start(&config);
    match dispatch(cli.command.unwrap_or(Command::Serve { demo: false }), config).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn dispatch(command: Command, config: Config) -> Result<()> {
    match command {
        Command::Serve { demo } => serve(config, demo).await,
        Command::Migrate => migrate(&config).await,
        Command::Routes { json } => routes(&config, json),
        Command::Seed { seed, orgs, size } => seed_workshops(&config, Plan { seed, orgs, size }).await,
        Command::Doctor => examine(&config).await,
        Command::VerifyInvariants => verify_invariants(&config).await,
        Command::VerifyAudit { heads: true, .. } => print_heads(&config).await,
        Command::VerifyAudit { against, .. } => verify_audit(&config, against.as_deref()).await,
        Command::Bench { options } => crate::bench::run(&config, &options).await,
        Command::PlatformAdmin { action } => platform_admin(&config, action).await,
        Command::DbUrl => db_url(&config).await,
    }
}

async fn serve(config: Config, demo: bool) -> Result<()> {
    let mut database = Database::open(&config, true).await?;
    let served = migrate_and_serve(&config, &mut database, demo).await;
    database.close().await?;
    served
}

async fn migrate_and_serve(config: &Config, database: &mut Database, demo: bool) -> Result<()> {
    if let Some(owner) = &database.urls.owner_url {
        crate::app::migrate(owner.expose()).await?;
    }
    doctor::insist(config, &database.urls, &SystemClock).await?;
    if demo {
        let planted = seed::plant(database.urls.owner()?, Plan::DEMO, &SystemClock).await?;
        println!("\n  {}\n\n{planted}\n", config.base_url);
    }
    doctor::insist(config, &database.urls, &SystemClock).await?;
    database.supervise();
    crate::server::serve::serve(crate::app::product(config.dev), config, &database.urls).await
}

async fn migrate(config: &Config) -> Result<()> {
    let database = Database::open(config, false).await?;
    let migrated = crate::app::migrate(database.urls.owner()?).await;
    database.close().await?;
    migrated
}

async fn seed_workshops(config: &Config, plan: Plan) -> Result<()> {
    let database = Database::open(config, false).await?;
    let planted = plant_at(&database, plan).await;
    database.close().await?;
    println!("{}", planted?);
    Ok(())
}

async fn plant_at(database: &Database, plan: Plan) -> Result<Seeded> {
    crate::app::migrate(database.urls.owner()?).await?;
    seed::plant(database.urls.owner()?, plan, &SystemClock).await
}

async fn examine(config: &Config) -> Result<()> {
    let database = Database::existing(config).await?;
    let findings = doctor::examine(config, &database.urls, &SystemClock).await;
    database.close().await?;
    for finding in &findings {
        println!("{finding}");
    }
    match findings.iter().filter(|finding| finding.hard).count() {
        0 => println!("Gantry is fit to start"),
        count => anyhow::bail!("{count} problems have to be solved first"),
    }
    Ok(())
}

async fn verify_invariants(config: &Config) -> Result<()> {
    let database = Database::existing(config).await?;
    let verified = crate::app::verify_invariants(database.urls.owner()?).await;
    database.close().await?;
    let report = verified?;
    for breach in &report.breaches {
        println!("{breach}");
    }
    if !report.breaches.is_empty() {
        anyhow::bail!("{} rows break what must always hold", report.breaches.len());
    }
    println!(
        "{} rules hold in {} workshops",
        report.rules, report.organizations
    );
    Ok(())
}

async fn verify_audit(config: &Config, against: Option<&Path>) -> Result<()> {
    let kept = against.map_or_else(|| Ok(Vec::new()), kept_heads)?;
    let database = Database::existing(config).await?;
    let verified = audit_chain::verify(database.urls.owner()?, &kept).await;
    database.close().await?;
    let report = verified?;
    for broken in &report.breaks {
        println!("{broken}");
    }
    if !report.breaks.is_empty() {
        anyhow::bail!(
            "the trails of {} workshops were tampered with",
            report.breaks.len()
        );
    }
    println!(
        "{} rows of {} workshops are as they were written",
        report.rows, report.organizations
    );
    Ok(())
}

fn kept_heads(file: &Path) -> Result<Vec<Head>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| Head::parse(line).with_context(|| format!("not a head: {line}")))
        .collect()
}

async fn print_heads(config: &Config) -> Result<()> {
    let database = Database::existing(config).await?;
    let heads = audit_chain::heads(database.urls.owner()?).await;
    database.close().await?;
    for head in heads? {
        println!("{head}");
    }
    Ok(())
}

fn routes(config: &Config, json: bool) -> Result<()> {
    let app = crate::app::product(config.dev).app;
    let list = [app.routes(), app.platform_routes()].concat();
    if json {
        say(&serde_json::to_string_pretty(&list)?)?;
    } else {
        for route in list {
            say(&format!("{:4} {:50} {}", route.method, route.path, route.right))?;
        }
    }
    Ok(())
}

async fn platform_admin(config: &Config, action: AdminAction) -> Result<()> {
    let database = Database::open(config, false).await?;
    let message = admin_action(database.urls.owner()?, action).await;
    database.close().await?;
    println!("{}", message?);
    Ok(())
}

async fn admin_action(owner_url: &str, action: AdminAction) -> Result<String> {
    crate::app::migrate(owner_url).await?;
    match action {
        AdminAction::Create {
            email,
            name,
            password_stdin,
        } => {
            let given = if password_stdin {
                Some(line_of_input()?)
            } else {
                None
            };
            crate::server::platform_admin::create(owner_url, &email, name, given, &SystemClock).await
        }
        AdminAction::Remove { email } => {
            crate::server::platform_admin::remove(owner_url, &email, &SystemClock).await
        }
    }
}

fn line_of_input() -> Result<String> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).context("standard input")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

async fn db_url(config: &Config) -> Result<()> {
    let database = Database::open(config, false).await?;
    println!("{}", database.urls.owner()?);
    // Dropped, not closed: whoever asked for the address wants to connect.
    Ok(())
}

/// The database a command works with: the one it was told, or the embedded one.
struct Database {
    urls: Databases,
    cluster: Option<Cluster>,
}

impl Database {
    /// One that is there already: whoever only looks makes nothing.
    async fn existing(config: &Config) -> Result<Database> {
        let nothing = config.databases.is_none() && !Cluster::exists(&config.data_dir);
        let place = config.data_dir.display();
        anyhow::ensure!(
            !nothing,
            "there is no database in {place} yet: `gantry serve` or `gantry migrate` makes one"
        );
        Self::open(config, false).await
    }

    async fn open(config: &Config, adopt: bool) -> Result<Database> {
        if let Some(urls) = &config.databases {
            return Ok(Database {
                urls: urls.clone(),
                cluster: None,
            });
        }
        let cluster = Cluster::start(&config.data_dir, EmbeddedOptions { fast: false, adopt }).await?;
        let urls = Databases {
            owner_url: Some(Secret::new(cluster.owner_url("gantry"))),
            app_url: Secret::new(cluster.app_url("gantry")),
        };
        Ok(Database {
            urls,
            cluster: Some(cluster),
        })
    }

    fn supervise(&mut self) {
        if let Some(cluster) = &mut self.cluster {
            cluster.supervise();
        }
    }

    async fn close(self) -> Result<()> {
        match self.cluster {
            Some(cluster) => cluster.stop().await,
            None => Ok(()),
        }
    }
}

/// A line to standard output; who has read enough may hang up.
fn say(line: &str) -> std::io::Result<()> {
    match writeln!(std::io::stdout(), "{line}") {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => std::process::exit(0),
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::{CommandFactory, FromArgMatches};

    #[test]
    fn flags_may_stand_on_either_side_of_the_command() {
        for flags in [["--data-dir=/srv/x", "serve"], ["serve", "--data-dir=/srv/x"]] {
            // Whatever the developer's own environment sets must not reach the test.
            let command = Cli::command().mut_args(|arg| arg.env(None::<&str>));
            let matches = command
                .try_get_matches_from(["gantry"].iter().chain(&flags))
                .expect("flags");
            let cli = Cli::from_arg_matches(&matches).expect("a command");
            let config = Config::new(cli.options, std::iter::empty()).expect("settings");
            assert_eq!(config.data_dir, Path::new("/srv/x"));
        }
    }
}
