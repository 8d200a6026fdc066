//! Who runs on a cluster, read from `postmaster.pid` and `/proc`.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// A live database server on a cluster.
#[derive(Debug)]
pub struct Postmaster {
    /// Where it said it listens; empty in its first moments.
    pub socket_dir: Option<PathBuf>,
}

impl Postmaster {
    /// The server running on `cluster`, if it is alive: a zombie or a stranger with a recycled number is not.
    pub fn find(cluster: &Path) -> Option<Postmaster> {
        let file = fs::read_to_string(pid_file(cluster)).ok()?;
        let mut lines = file.lines();
        let pid: u32 = lines.next()?.trim().parse().ok()?;
        let process = Path::new("/proc").join(pid.to_string());
        works_in(&process, cluster).then(|| Postmaster {
            socket_dir: lines
                .nth(3)
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(PathBuf::from),
        })
    }

    /// Removes the lock files of a server that is gone together with all its helpers.
    ///
    /// PostgreSQL does so itself, except where its number is taken by a zombie or by another process of its user.
    pub fn clear_stale(cluster: &Path, socket_dir: &Path) {
        let (pid, socket) = (pid_file(cluster), socket_dir.join(".s.PGSQL.5432.lock"));
        if !pid.exists() && !socket.exists() || anybody_in(cluster) {
            return;
        }
        for file in [pid, socket] {
            if fs::remove_file(&file).is_ok() {
                tracing::warn!(
                    "removed {}, left behind by a PostgreSQL that is gone",
                    file.display()
                );
            }
        }
    }
}

fn pid_file(cluster: &Path) -> PathBuf {
    cluster.join("postmaster.pid")
}

/// Every process of a cluster works in its directory; a zombie works nowhere.
fn works_in(process: &Path, cluster: &Path) -> bool {
    fs::read_link(process.join("cwd")).is_ok_and(|directory| directory == cluster)
        && fs::read_to_string(process.join("comm")).is_ok_and(|name| name.starts_with("post"))
}

fn anybody_in(cluster: &Path) -> bool {
    let numbered = |name: &OsStr| name.as_encoded_bytes().iter().all(u8::is_ascii_digit);
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter(|entry| numbered(&entry.file_name()))
        .any(|entry| works_in(&entry.path(), cluster))
}
