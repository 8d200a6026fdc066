//! How Gantry processes on one data directory take turns. The kernel drops these locks when a process dies.

use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// Longer than any start: recovering after a crash of the machine may take minutes.
const PATIENCE: Duration = Duration::from_secs(600);

/// The two lock files of a data directory.
pub(super) struct Locks {
    turn: PathBuf,
    users: File,
}

impl Locks {
    /// Opens the lock files, making them if need be.
    pub(super) fn open(data_dir: &Path) -> Result<Locks> {
        Ok(Locks {
            turn: data_dir.join("postgres.lock"),
            users: open(&data_dir.join("postgres.users"))?,
        })
    }

    /// Waits until no other process starts or stops the cluster; ours until the returned file is dropped.
    pub(super) async fn turn(&self) -> Result<File> {
        let file = open(&self.turn)?;
        let begun = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(file),
                Err(TryLockError::Error(error)) => {
                    return Err(error).with_context(|| format!("cannot lock {}", self.turn.display()));
                }
                Err(TryLockError::WouldBlock) if begun.elapsed() > PATIENCE => {
                    bail!("another Gantry process has been starting or stopping the database for too long");
                }
                Err(TryLockError::WouldBlock) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        }
    }

    /// Notes that this process uses the cluster. Call it within a turn.
    pub(super) fn begin_use(&self) -> Result<()> {
        self.users
            .lock_shared()
            .context("cannot lock the list of the database's users")
    }

    /// Ends this process's use and says whether nobody else uses the cluster. Call it within a turn.
    pub(super) fn last_user(&self) -> Result<bool> {
        self.users
            .unlock()
            .context("cannot unlock the list of the database's users")?;
        match self.users.try_lock() {
            Ok(()) => Ok(true),
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(error)) => {
                Err(error).context("cannot lock the list of the database's users")
            }
        }
    }
}

fn open(path: &Path) -> Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true).mode(0o600);
    options.open(path).with_context(|| {
        format!(
            "cannot open {}: Gantry must always run as the user who made the data directory",
            path.display()
        )
    })
}
