//! The embedded PostgreSQL: with no `DATABASE_URL`, Gantry keeps a cluster of its own in its data directory.
//!
//! The programs are the machine's. Nothing listens on TCP: whoever can enter the private socket directory is let in,
//! and only the database's account (and root) can. Several Gantry processes may share one cluster: the first starts
//! it, the last one out stops it, and whoever finds it dead starts it again. A `kill -9` of either side loses nothing.

mod account;
mod binaries;
mod bootstrap;
mod locks;
mod place;
mod postmaster;
mod server;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::task::JoinHandle;

use self::account::Account;
use self::binaries::Binaries;
use self::locks::Locks;
use self::place::Place;
use self::server::Server;

pub use self::place::EmbeddedOptions;

/// A running embedded cluster.
///
/// Dropping it leaves the database running for the next process; [`Cluster::stop`] ends it.
pub struct Cluster {
    server: Arc<Server>,
    locks: Arc<Locks>,
    owned: bool,
    watcher: Option<JoinHandle<()>>,
}

impl Cluster {
    /// Whether `data_dir` has one.
    pub fn exists(data_dir: &Path) -> bool {
        data_dir.join("postgres").exists()
    }

    /// Makes the cluster of `data_dir` if there is none, starts it if it is not running, and waits until it answers.
    pub async fn start(data_dir: &Path, options: EmbeddedOptions) -> Result<Cluster> {
        let data_dir = place::data_directory(data_dir)?;
        let locks = Arc::new(Locks::open(&data_dir)?);
        let turn = locks.turn().await?;
        let account = Account::for_cluster(&data_dir)?;
        let binaries = Binaries::find(&account, place::version_of(&data_dir)?).await?;
        let place = Place::prepare(&data_dir, &account, &binaries, options).await?;
        let server = Arc::new(Server::new(place, account, binaries, options));
        let started = server.ensure_running().await?;
        bootstrap::roles_and_database(
            &server.url("postgres", "postgres"),
            &server.url("postgres", "gantry"),
        )
        .await?;
        locks.begin_use()?;
        drop(turn);
        let owned = started || options.adopt;
        Ok(Cluster {
            server,
            locks,
            owned,
            watcher: None,
        })
    }

    /// The connection string of the role that owns the tables and runs migrations.
    pub fn owner_url(&self, database: &str) -> String {
        self.server.url("gantry_owner", database)
    }

    /// The connection string of the role the application works with.
    pub fn app_url(&self, database: &str) -> String {
        self.server.url("gantry_app", database)
    }

    /// The connection string of the superuser: for tests and repairs, never for requests.
    pub fn superuser_url(&self, database: &str) -> String {
        self.server.url("postgres", database)
    }

    /// From now on looks every second whether the database still runs, and starts it again if not.
    pub fn supervise(&mut self) {
        let (server, locks) = (Arc::clone(&self.server), Arc::clone(&self.locks));
        self.watcher
            .get_or_insert_with(|| tokio::spawn(watch(server, locks)));
    }

    /// Stops the cluster if it is ours to stop and no other Gantry process uses it.
    pub async fn stop(mut self) -> Result<()> {
        if let Some(watcher) = self.watcher.take() {
            watcher.abort();
            // A cancelled task is what was asked for.
            let _ = watcher.await;
        }
        let _turn = self.locks.turn().await?;
        if !self.owned {
            return Ok(());
        }
        if self.locks.last_user()? {
            self.server.stop().await.context("PostgreSQL did not stop")?;
        } else {
            tracing::info!("another Gantry process uses the database: leaving it running");
        }
        Ok(())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Some(watcher) = &self.watcher {
            watcher.abort();
        }
    }
}

async fn watch(server: Arc<Server>, locks: Arc<Locks>) {
    let mut tick = tokio::time::interval(Duration::from_secs(1));
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        if server.is_alive().await {
            continue;
        }
        tracing::error!("PostgreSQL is gone; starting it again");
        match revive(&server, &locks).await {
            Ok(()) => tracing::info!("PostgreSQL runs again"),
            Err(error) => tracing::error!(
                error = format!("{error:#}"),
                "PostgreSQL could not be started again"
            ),
        }
    }
}

async fn revive(server: &Server, locks: &Locks) -> Result<()> {
    let _turn = locks.turn().await?;
    server.ensure_running().await.map(drop)
}
