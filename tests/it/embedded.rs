//! The embedded database, with real clusters and real kills.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use gantry::server::embedded::{Cluster, EmbeddedOptions};
use sqlx::postgres::PgConnection;
use sqlx::{Connection, Executor, Row};

const FAST: EmbeddedOptions = EmbeddedOptions {
    fast: true,
    adopt: false,
};

/// A data directory that is removed in the end, its database with it.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Scratch {
        // In /tmp, which every account can enter, unlike a developer's home.
        let path = PathBuf::from(format!("/tmp/gantry-it-{name}-{}", std::process::id()));
        Scratch(path)
    }

    fn path(&self) -> &Path {
        &self.0
    }

    fn postmaster(&self) -> String {
        let file = std::fs::read_to_string(self.0.join("postgres/postmaster.pid")).expect("a pid file");
        file.lines().next().expect("a first line").to_owned()
    }

    fn gantry(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gantry"));
        command
            .env_remove("DATABASE_URL")
            .env_remove("DATABASE_OWNER_URL")
            .env("GANTRY_DATA_DIR", &self.0)
            .args(arguments);
        command.output().expect("gantry runs")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Ok(file) = std::fs::read_to_string(self.0.join("postgres/postmaster.pid")) {
            kill("KILL", file.lines().next().unwrap_or_default());
        }
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn kill(signal: &str, pid: &str) {
    Command::new("kill")
        .args(["-s", signal, pid])
        .output()
        .expect("kill runs");
}

fn runs(pid: &str) -> bool {
    std::fs::read_link(format!("/proc/{pid}/cwd")).is_ok()
}

async fn ask(url: &str, question: &'static str) -> String {
    let mut connection = PgConnection::connect(url).await.expect("a connection");
    connection.fetch_one(question).await.expect("an answer").get(0)
}

async fn run(url: &str, statement: &'static str) {
    let mut connection = PgConnection::connect(url).await.expect("a connection");
    connection.execute(statement).await.expect("success");
}

async fn comes_back(url: &str) -> bool {
    for _ in 0..150 {
        if PgConnection::connect(url).await.is_ok() {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    false
}

#[tokio::test]
async fn a_new_cluster_has_its_roles_and_listens_on_a_private_socket_only() {
    let scratch = Scratch::new("roles");
    let cluster = Cluster::start(scratch.path(), FAST).await.expect("a cluster");
    assert_eq!(
        ask(&cluster.owner_url("gantry"), "select current_user::text").await,
        "gantry_owner"
    );
    assert_eq!(
        ask(&cluster.app_url("gantry"), "select current_user::text").await,
        "gantry_app"
    );
    let root = cluster.superuser_url("gantry");
    let roles = "select string_agg(format('%s %s %s %s %s', rolname, rolsuper, rolcreaterole, rolinherit, rolbypassrls), ', ' \
                 order by rolname) from pg_roles where rolname like 'gantry%'";
    assert_eq!(
        ask(&root, roles).await,
        "gantry_app f f f f, gantry_owner f t t f"
    );
    assert_eq!(ask(&root, "select current_setting('listen_addresses')").await, "");
    assert_eq!(ask(&root, "select current_setting('data_checksums')").await, "on");
    let settled =
        "select pg_encoding_to_char(encoding) || ' ' || datcollate from pg_database where datname = 'gantry'";
    assert!(["UTF8 C.UTF-8", "UTF8 C"].contains(&ask(&root, settled).await.as_str()));
    use std::os::unix::fs::PermissionsExt;
    let socket = std::fs::metadata(scratch.path().join("postgres-socket")).expect("the socket's directory");
    assert_eq!(socket.permissions().mode() & 0o777, 0o700);
    cluster.stop().await.expect("a clean stop");
}

#[tokio::test]
async fn the_owner_makes_group_roles_and_gives_them_to_the_application() {
    let scratch = Scratch::new("groups");
    let cluster = Cluster::start(scratch.path(), FAST).await.expect("a cluster");
    let owner = cluster.owner_url("gantry");
    run(&owner, "create role it_group nologin; grant it_group to gantry_app; create table t (n int); grant select on t to it_group")
        .await;
    run(&cluster.app_url("gantry"), "set role it_group; select n from t").await;
    cluster.stop().await.expect("a clean stop");
}

#[tokio::test]
async fn a_durable_cluster_forces_everything_to_disk() {
    let scratch = Scratch::new("durable");
    let cluster = Cluster::start(scratch.path(), EmbeddedOptions::default())
        .await
        .expect("a cluster");
    let settings = "select string_agg(setting, ' ' order by name) from pg_settings where name in \
                    ('fsync', 'synchronous_commit', 'full_page_writes', 'jit', 'max_connections')";
    assert_eq!(
        ask(&cluster.superuser_url("gantry"), settings).await,
        "on on off 100 on"
    );
    cluster.stop().await.expect("a clean stop");
}

#[tokio::test]
async fn psql_understands_the_printed_address_and_the_database_is_left_running() {
    let scratch = Scratch::new("url");
    let first = scratch.gantry(&["db-url"]);
    assert!(
        first.status.success(),
        "{}",
        String::from_utf8_lossy(&first.stderr)
    );
    let url = String::from_utf8(first.stdout).expect("text").trim().to_owned();
    assert!(runs(&scratch.postmaster()));
    // Settings of another database must not lead anywhere else.
    let psql = Command::new("psql")
        .args([&url, "-Atc", "select current_user"])
        .env("PGPORT", "1")
        .env("PGHOST", "nowhere")
        .output();
    assert_eq!(
        String::from_utf8_lossy(&psql.expect("psql runs").stdout),
        "gantry_owner\n"
    );
    assert_eq!(ask(&url, "select current_user::text").await, "gantry_owner");
    let before = scratch.postmaster();
    let cluster = Cluster::start(scratch.path(), FAST)
        .await
        .expect("the same cluster");
    cluster.stop().await.expect("no stop");
    assert!(runs(&before), "what was found running is not stopped");
}

#[tokio::test]
async fn a_killed_database_comes_back_with_everything_acknowledged() {
    let scratch = Scratch::new("killed");
    let mut cluster = Cluster::start(scratch.path(), EmbeddedOptions::default())
        .await
        .expect("a cluster");
    cluster.supervise();
    let owner = cluster.owner_url("gantry");
    run(&owner, "create table kept as select 'acknowledged' as word").await;
    let before = scratch.postmaster();
    kill("KILL", &before);
    while runs(&before) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(comes_back(&owner).await);
    assert_ne!(scratch.postmaster(), before);
    assert_eq!(ask(&owner, "select word from kept").await, "acknowledged");
    cluster.stop().await.expect("a clean stop");
    assert!(!scratch.path().join("postgres/postmaster.pid").exists());
}

#[tokio::test]
async fn an_orphaned_database_is_adopted_and_stopped_in_the_end() {
    let scratch = Scratch::new("orphan");
    // Dropped without a stop: what a killed server leaves.
    drop(Cluster::start(scratch.path(), FAST).await.expect("a cluster"));
    let orphan = scratch.postmaster();
    assert!(runs(&orphan));
    let adopted = Cluster::start(
        scratch.path(),
        EmbeddedOptions {
            fast: true,
            adopt: true,
        },
    )
    .await
    .expect("the orphan");
    assert_eq!(scratch.postmaster(), orphan);
    adopted.stop().await.expect("a clean stop");
    assert!(!runs(&orphan));
}

#[tokio::test]
async fn the_last_one_out_stops_the_database() {
    let scratch = Scratch::new("shared");
    let adopting = EmbeddedOptions {
        fast: true,
        adopt: true,
    };
    let first = Cluster::start(scratch.path(), adopting).await.expect("a cluster");
    let second = Cluster::start(scratch.path(), adopting)
        .await
        .expect("the same cluster");
    let url = second.app_url("gantry");
    let postmaster = scratch.postmaster();
    first.stop().await.expect("a stop");
    assert_eq!(ask(&url, "select 'here'").await, "here");
    second.stop().await.expect("a stop");
    assert!(!runs(&postmaster));
}

#[tokio::test]
async fn a_pid_file_that_names_a_stranger_is_no_obstacle() {
    let scratch = Scratch::new("stale");
    let cluster = Cluster::start(scratch.path(), EmbeddedOptions::default())
        .await
        .expect("a cluster");
    run(
        &cluster.owner_url("gantry"),
        "create table kept as select 'acknowledged' as word",
    )
    .await;
    let (postmaster, file) = (
        scratch.postmaster(),
        scratch.path().join("postgres/postmaster.pid"),
    );
    let lines = std::fs::read_to_string(&file).expect("a pid file");
    kill("KILL", &postmaster);
    drop(cluster);
    while runs(&postmaster) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // After a restart of the machine, the number may be anybody's: here it is ours.
    std::fs::write(
        &file,
        lines.replacen(&postmaster, &std::process::id().to_string(), 1),
    )
    .expect("a written file");
    let cluster = Cluster::start(scratch.path(), EmbeddedOptions::default())
        .await
        .expect("a cluster");
    assert_eq!(
        ask(&cluster.owner_url("gantry"), "select word from kept").await,
        "acknowledged"
    );
    cluster.stop().await.expect("a clean stop");
}

#[tokio::test]
async fn a_path_too_long_for_a_socket_works() {
    let scratch = Scratch::new(&"long".repeat(25));
    let cluster = Cluster::start(scratch.path(), FAST).await.expect("a cluster");
    let directory = ask(
        &cluster.superuser_url("gantry"),
        "select current_setting('unix_socket_directories')",
    )
    .await;
    assert!(
        directory.starts_with("/tmp/gantry-") && directory.len() < 40,
        "{directory}"
    );
    cluster.stop().await.expect("a clean stop");
    std::fs::remove_dir(directory).expect("nothing is left in it");
}

#[tokio::test]
async fn two_starts_at_once_make_one_cluster() {
    let scratch = Scratch::new("race");
    let (one, two) = tokio::join!(
        Cluster::start(scratch.path(), FAST),
        Cluster::start(scratch.path(), FAST)
    );
    let (one, two) = (one.expect("a cluster"), two.expect("the same cluster"));
    assert_eq!(one.owner_url("gantry"), two.owner_url("gantry"));
    two.stop().await.expect("a stop");
    one.stop().await.expect("a stop");
}

#[test]
fn a_setting_that_is_wrong_or_unknown_ends_with_2_and_its_name() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gantry"));
    let unknown = command
        .env("GANTRY_ADR", "x")
        .arg("db-url")
        .output()
        .expect("gantry runs");
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("GANTRY_ADR"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_gantry"));
    let malformed = command
        .env("GANTRY_ADDR", "nowhere")
        .arg("db-url")
        .output()
        .expect("gantry runs");
    assert_eq!(malformed.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&malformed.stderr).contains("GANTRY_ADDR"));
}

#[test]
fn help_names_every_variable_and_shows_no_secret() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gantry"));
    command
        .env("DATABASE_URL", "postgres://app:hunter2@host/db")
        .env("SMTP_URL", "smtp://u:hunter2@mail:587");
    let help = String::from_utf8(command.arg("--help").output().expect("gantry runs").stdout).expect("text");
    for name in [
        "ADDR",
        "DATA_DIR",
        "BASE_URL",
        "BASE_DOMAIN",
        "LOG",
        "LOG_FILTER",
        "DEV",
        "SITE_DIR",
    ] {
        assert!(help.contains(&format!("GANTRY_{name}")), "{name}");
    }
    assert!(
        help.contains("SMTP_URL") && help.contains("DATABASE_URL") && help.contains("DATABASE_OWNER_URL")
    );
    assert!(!help.contains("hunter2"));
}
