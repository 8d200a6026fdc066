//! The running database server: starting, waiting, stopping.

use std::fs::{self, OpenOptions};
use std::io::{Read, Seek, SeekFrom};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::Stdio;
use std::str::FromStr;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection};
use tokio::process::Child;
use tokio::sync::Mutex;

use super::account::Account;
use super::binaries::Binaries;
use super::place::{EmbeddedOptions, Place};
use super::postmaster::Postmaster;

/// Recovery after a crash of a busy machine may take minutes.
const READY_WITHIN: Duration = Duration::from_secs(300);
/// How often a server that ends at once is started again: helpers of a killed one need a moment to leave.
const ATTEMPTS: u32 = 12;
const PAUSE: Duration = Duration::from_millis(500);
const LARGEST_LOG: u64 = 10 * 1024 * 1024;

/// One cluster's server.
pub(super) struct Server {
    place: Place,
    account: Account,
    binaries: Binaries,
    options: EmbeddedOptions,
    /// The server process, when this process started it: kept so that it is reaped.
    child: Mutex<Option<Child>>,
}

impl Server {
    /// Names the server; starts nothing.
    pub(super) fn new(
        place: Place,
        account: Account,
        binaries: Binaries,
        options: EmbeddedOptions,
    ) -> Server {
        Server {
            place,
            account,
            binaries,
            options,
            child: Mutex::new(None),
        }
    }

    /// A connection string that both `psql` and sqlx understand.
    pub(super) fn url(&self, role: &str, database: &str) -> String {
        let found = Postmaster::find(&self.place.cluster).ok().flatten();
        let running = found.and_then(|postmaster| postmaster.socket_dir);
        let directory = running.as_deref().unwrap_or(&self.place.socket_dir);
        let host = directory.to_string_lossy().replace('/', "%2F");
        format!("postgres://{role}@localhost:5432/{database}?host={host}")
    }

    /// Whether the server process lives, as far as anybody can tell.
    pub(super) async fn is_alive(&self) -> bool {
        self.reap().await;
        Postmaster::find(&self.place.cluster).map_or(true, |found| found.is_some())
    }

    /// Returns once the server answers; says whether it had to be started. Call it within a turn.
    pub(super) async fn ensure_running(&self) -> Result<bool> {
        let begun = Instant::now();
        let mut attempts = 0;
        let mut log_start = 0;
        while begun.elapsed() < READY_WITHIN {
            if self.answers().await {
                return Ok(attempts > 0);
            }
            if self.is_alive().await || self.child.lock().await.is_some() {
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
            if attempts == ATTEMPTS {
                bail!("PostgreSQL does not start:\n{}", tail(&self.place.log, log_start));
            }
            if attempts > 0 {
                tokio::time::sleep(PAUSE).await;
            }
            attempts += 1;
            Postmaster::clear_stale(&self.place.cluster, &self.place.socket_dir);
            log_start = fs::metadata(&self.place.log).map_or(0, |log| log.len());
            self.spawn().await?;
        }
        bail!(
            "PostgreSQL runs but did not answer within {} seconds",
            READY_WITHIN.as_secs()
        )
    }

    /// Ends the server in an orderly way: open transactions are rolled back, everything committed is on disk.
    pub(super) async fn stop(&self) -> Result<()> {
        if !self.is_alive().await {
            return Ok(());
        }
        let mut command = self.account.command(self.binaries.program("pg_ctl"));
        command.arg("--pgdata").arg(&self.place.cluster).args([
            "stop",
            "--mode=fast",
            "--wait",
            "--timeout=120",
            "--silent",
        ]);
        let output = command.output().await.context("cannot run pg_ctl")?;
        if !output.status.success() && self.is_alive().await {
            bail!(
                "pg_ctl stop failed: {}",
                String::from_utf8_lossy(&output.stderr).trim()
            );
        }
        if let Some(mut child) = self.child.lock().await.take() {
            child.wait().await?;
        }
        Ok(())
    }

    async fn answers(&self) -> bool {
        // A cluster without a pid file does not run: whatever answers at its socket is another's.
        if !self.place.cluster.join("postmaster.pid").exists() {
            return false;
        }
        let ask = async {
            let options = PgConnectOptions::from_str(&self.url("postgres", "postgres"))?;
            options.connect().await?.close().await
        };
        tokio::time::timeout(Duration::from_secs(5), ask)
            .await
            .is_ok_and(|answer| answer.is_ok())
    }

    async fn reap(&self) {
        let mut child = self.child.lock().await;
        if child
            .as_mut()
            .is_some_and(|process| !matches!(process.try_wait(), Ok(None)))
        {
            *child = None;
        }
    }

    async fn spawn(&self) -> Result<()> {
        let home = self.place.home();
        let (settings, access) = (home.join("postgres.conf"), home.join("postgres.hba"));
        write(&settings, &self.settings())?;
        write(
            &access,
            "# The socket's directory is private: whoever can reach it may come in.\nlocal all all trust\n",
        )?;
        if fs::metadata(&self.place.log).is_ok_and(|log| log.len() > LARGEST_LOG) {
            fs::rename(&self.place.log, self.place.log.with_extension("log.1"))?;
        }
        let log = OpenOptions::new()
            .create(true)
            .append(true)
            .mode(0o600)
            .open(&self.place.log);
        let log = log.with_context(|| format!("cannot open {}", self.place.log.display()))?;
        let mut command = self.account.command(self.binaries.program("postgres"));
        command.arg("-D").arg(&self.place.cluster);
        command
            .arg("-c")
            .arg(setting("config_file", &settings))
            .arg("-c")
            .arg(setting("hba_file", &access));
        // Its own process group: a Ctrl-C in the terminal is for us, who then stop it in order.
        command
            .process_group(0)
            .stdout(Stdio::from(log.try_clone()?))
            .stderr(Stdio::from(log));
        *self.child.lock().await = Some(command.spawn().context("cannot run postgres")?);
        Ok(())
    }

    /// Written anew at every start; an operator's own settings go to the file included last.
    fn settings(&self) -> String {
        let sockets = self.place.socket_dir.display();
        let durability = if self.options.fast { FAST } else { DURABLE };
        let local = self.place.home().join("postgres.local.conf").exists();
        let include = if local {
            "include 'postgres.local.conf'\n"
        } else {
            ""
        };
        format!(
            "# Written by Gantry at every start. Your own settings: postgres.local.conf, beside this file.\n\
             unix_socket_directories = '{sockets}'\n{SETTINGS}{memory}{durability}{include}",
            memory = memory(self.options.fast)
        )
    }
}

/// An eighth of the machine's memory for pages, between 128 MiB and 1 GiB; the kernel's cache counts for the planner.
fn memory(small: bool) -> String {
    let text = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let total = text.lines().find_map(|line| {
        line.strip_prefix("MemTotal:")?
            .split_whitespace()
            .next()?
            .parse::<u64>()
            .ok()
    });
    let mib = total.filter(|_| !small).unwrap_or_default() / 1024;
    format!(
        "shared_buffers = '{}MB'\neffective_cache_size = '{}MB'\n",
        (mib / 8).clamp(128, 1024),
        (mib / 2).max(512)
    )
}

const SETTINGS: &str = "\
port = 5432
listen_addresses = ''
unix_socket_permissions = 0700
jit = off
# Solid state drives: a page elsewhere costs about as much as the next one.
random_page_cost = 1.1
timezone = 'UTC'
log_timezone = 'UTC'
# Statements and error details hold people's data: they stay out of the log.
log_min_messages = error
log_min_error_statement = panic
log_error_verbosity = terse
log_checkpoints = off
log_line_prefix = '%m [%p] '
";

const DURABLE: &str = "\
max_connections = 100
fsync = on
synchronous_commit = on
full_page_writes = on
";

const FAST: &str = "\
max_connections = 200
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
";

fn setting(name: &str, path: &Path) -> std::ffi::OsString {
    let mut argument = std::ffi::OsString::from(name);
    argument.push("=");
    argument.push(path);
    argument
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text)
        .and_then(|()| fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o644)))
        .with_context(|| format!("cannot write {}", path.display()))
}

/// The last lines written since `start`.
fn tail(log: &Path, start: u64) -> String {
    let mut text = Vec::new();
    let read = fs::File::open(log).and_then(|mut file| {
        file.seek(SeekFrom::Start(start))?;
        file.take(LARGEST_LOG).read_to_end(&mut text)
    });
    if read.is_err() {
        return format!("(see {})", log.display());
    }
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(10)..].join("\n")
}
