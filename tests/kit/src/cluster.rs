//! One PostgreSQL for a whole test run, made by the product's own code, and a database of its own for every test.
//!
//! The cluster stays on disk for the next run, one per checkout and set of migrations. It is stopped by a second
//! process, this program again, that waits for the end of its standard input: so it stops however a run ends.
use super::app::connect;
use gantry::app::migrate;
use gantry::server::db::schema::fingerprint;
use gantry::server::embedded::{Cluster, EmbeddedOptions};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Connection, Executor, Row};
use std::io::{BufRead, Read, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::sync::OnceCell;

const OPTIONS: EmbeddedOptions = EmbeddedOptions {
    fast: true,
    adopt: true,
};

/// The migrated database that all others are copies of; nothing connects to it.
const TEMPLATE: &str = "gantry";

struct Running {
    cluster: Cluster,
    _until_we_end: ChildStdin,
}

static RUNNING: OnceCell<Running> = OnceCell::const_new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// A copy of the migrated database, dropped with this value.
pub struct Database {
    name: String,
    /// As the role that requests work with.
    pub app_url: String,
    /// As the role that owns the tables.
    pub owner_url: String,
    /// As the superuser, for whom row security does not hold.
    pub admin_url: String,
    maintenance_url: String,
}

impl Database {
    pub async fn create() -> Self {
        Self::copy_of(TEMPLATE).await
    }

    /// What this one holds now. Whoever is still connected to it is put out.
    pub async fn copy(&self) -> Self {
        let out = "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1";
        let mut admin = connect(&self.maintenance_url).await;
        let put_out = sqlx::query(out).bind(&self.name).execute(&mut admin).await;
        put_out.expect("a superuser");
        Self::copy_of(&self.name).await
    }

    /// One without anything in it.
    pub async fn empty() -> Self {
        Self::copy_of("template0").await
    }

    async fn copy_of(template: &str) -> Self {
        let cluster = &RUNNING.get_or_init(start).await.cluster;
        let number = DATABASES.fetch_add(1, Ordering::Relaxed);
        let name = format!("t_{}_{number}", std::process::id());
        let maintenance_url = cluster.superuser_url("postgres");
        let mut admin = connect(&maintenance_url).await;
        for statement in [
            // Pages are copied as files: nothing of them goes through the log.
            format!("create database {name} template {template} owner gantry_owner strategy file_copy"),
            format!("revoke all on database {name} from public"),
            format!("grant connect on database {name} to gantry_app"),
        ] {
            admin
                .execute(sqlx::raw_sql(AssertSqlSafe(statement)))
                .await
                .expect("a database");
        }
        Self {
            app_url: cluster.app_url(&name),
            owner_url: cluster.owner_url(&name),
            admin_url: cluster.superuser_url(&name),
            maintenance_url,
            name,
        }
    }
}

impl Database {
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// What the test run's PostgreSQL has to say.
pub fn log() -> PathBuf {
    directory().join("postgres.log")
}

impl Drop for Database {
    fn drop(&mut self) {
        let (name, url) = (self.name.clone(), self.maintenance_url.clone());
        // A runtime of its own: the test's may be ending. What is left when the process ends goes with the cluster's stop.
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(drop_database(&url, &name));
        });
    }
}

async fn drop_database(maintenance_url: &str, name: &str) {
    let mut admin = connect(maintenance_url).await;
    let statement = AssertSqlSafe(format!("drop database if exists {name} with (force)"));
    // Whoever else dropped it did what was wanted.
    let _ = admin.execute(sqlx::raw_sql(statement)).await;
}

async fn start() -> Running {
    let directory = directory();
    let cluster = match Cluster::start(&directory, OPTIONS).await {
        Ok(cluster) => cluster,
        Err(_) => {
            // Nothing of it is forced to disk, so a machine that went down may have broken it.
            let _ = std::fs::remove_dir_all(&directory);
            Cluster::start(&directory, OPTIONS).await.expect("a cluster")
        }
    };
    migrate(&cluster.owner_url(TEMPLATE)).await.expect("the schema");
    Running {
        cluster,
        _until_we_end: stop_after_us(&directory),
    }
}

/// In the temporary directory, which every account can enter, unlike a developer's home.
fn directory() -> PathBuf {
    let user = std::fs::metadata("/proc/self").expect("/proc").uid();
    let checkout = Sha256::digest(format!("{} {user}", env!("CARGO_MANIFEST_DIR")));
    let home = std::env::temp_dir().join(format!("gantry-it-{}", hex::encode(&checkout[..6])));
    std::fs::create_dir_all(&home).expect("a directory");
    std::fs::set_permissions(&home, std::fs::Permissions::from_mode(0o711)).expect("its mode");
    home.join(hex::encode(&fingerprint()[..6]))
}

/// The process that stops the cluster, by its standard input.
#[expect(clippy::zombie_processes, reason = "it outlives us: that is its purpose")]
fn stop_after_us(directory: &Path) -> ChildStdin {
    let program = std::env::current_exe().expect("our own path");
    let mut child = Command::new(program)
        .args(["--exact", "the_cluster_stops_after_its_last_run", "--ignored"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // Ctrl-C at the terminal ends the tests, not this.
        .process_group(0)
        .spawn()
        .expect("a process");
    let mut stdin = child.stdin.take().expect("its standard input");
    writeln!(stdin, "{}", directory.display()).expect("a reader");
    stdin
}

/// What every test program holds once: no test of anything, but the second process of a run.
#[macro_export]
macro_rules! stops_its_cluster {
    () => {
        #[tokio::test]
        #[ignore = "a test run starts it by itself"]
        async fn the_cluster_stops_after_its_last_run() {
            $crate::cluster::stop_after_its_last_run().await;
        }
    };
}

/// Without a directory on standard input it does nothing.
pub async fn stop_after_its_last_run() {
    let mut input = std::io::stdin().lock();
    let mut line = String::new();
    input.read_line(&mut line).expect("a line");
    if !line.starts_with('/') {
        return;
    }
    let directory = PathBuf::from(line.trim_end());
    let cluster = Cluster::start(&directory, OPTIONS).await.expect("the cluster");
    input.read_to_end(&mut Vec::new()).expect("the end");
    drop_abandoned(&cluster.superuser_url("postgres")).await;
    cluster.stop().await.expect("a stop");
    remove_outdated(&directory);
}

async fn drop_abandoned(maintenance_url: &str) {
    let mut admin = connect(maintenance_url).await;
    let rows = admin
        .fetch_all("select datname::text from pg_database where datname like 't\\_%'")
        .await;
    for row in rows.expect("names") {
        let name: String = row.get(0);
        let process = name.split('_').nth(1).unwrap_or_default();
        if !Path::new("/proc").join(process).exists() {
            drop_database(maintenance_url, &name).await;
        }
    }
    admin.close().await.expect("an end");
}

/// Clusters of this checkout's earlier migrations, if nothing runs on them.
fn remove_outdated(directory: &Path) {
    let siblings = std::fs::read_dir(directory.parent().expect("a parent")).expect("a directory");
    for other in siblings.flatten().map(|entry| entry.path()) {
        if other != directory && !other.join("postgres/postmaster.pid").exists() {
            let _ = std::fs::remove_dir_all(other);
        }
    }
}
