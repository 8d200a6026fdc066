//! Who runs on a cluster, read from `postmaster.pid` and `/proc`.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// A live database server on a cluster.
#[derive(Debug)]
pub(super) struct Postmaster {
    /// The address it listens at; empty until it has written it.
    pub socket_dir: Option<PathBuf>,
}

impl Postmaster {
    /// The server running on `cluster`, if it is alive: a zombie or a stranger with a recycled number is not.
    ///
    /// # Errors
    /// When the files cannot be read, for example without a free descriptor: that does not mean the server is gone.
    pub(super) fn find(cluster: &Path) -> io::Result<Option<Postmaster>> {
        let Some(file) = existing(fs::read_to_string(pid_file(cluster)))? else {
            return Ok(None);
        };
        let mut lines = file.lines();
        let pid = lines.next().and_then(|line| line.trim().parse::<u32>().ok());
        let Some(pid) = pid else {
            return Ok(None);
        };
        let process = Path::new("/proc").join(pid.to_string());
        Ok(works_in(&process, cluster)?.then(|| Postmaster {
            socket_dir: lines
                .nth(3)
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(PathBuf::from),
        }))
    }

    /// Removes the lock files of a server that is gone together with all its helpers.
    ///
    /// PostgreSQL does so itself, except where its number is taken by a zombie or by another process of its user.
    pub(super) fn clear_stale(cluster: &Path, socket_dir: &Path) {
        let (pid, socket) = (pid_file(cluster), socket_dir.join(".s.PGSQL.5432.lock"));
        // What nobody can tell counts as somebody.
        if !pid.exists() && !socket.exists() || anybody_in(cluster).unwrap_or(true) {
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

/// The file's text, if it exists and may be read.
fn existing<T>(read: io::Result<T>) -> io::Result<Option<T>> {
    match read {
        Ok(value) => Ok(Some(value)),
        // A process that ends while it is looked at answers "no such process".
        Err(error)
            if error.kind() == ErrorKind::NotFound || error.raw_os_error() == Some(NO_SUCH_PROCESS) =>
        {
            Ok(None)
        }
        Err(error) if matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::InvalidData) => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

const NO_SUCH_PROCESS: i32 = 3;

/// A process of the cluster has its directory as working directory; a zombie has none.
fn works_in(process: &Path, cluster: &Path) -> io::Result<bool> {
    let directory = existing(fs::read_link(process.join("cwd")))?;
    if directory.is_none_or(|directory| directory != cluster) {
        return Ok(false);
    }
    let name = existing(fs::read_to_string(process.join("comm")))?;
    Ok(name.is_some_and(|name| name.starts_with("post")))
}

fn anybody_in(cluster: &Path) -> io::Result<bool> {
    let numbered = |name: &OsStr| name.as_encoded_bytes().iter().all(u8::is_ascii_digit);
    for entry in fs::read_dir("/proc")? {
        let entry = entry?;
        if numbered(&entry.file_name()) && works_in(&entry.path(), cluster)? {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::Postmaster;

    #[test]
    fn a_file_that_cannot_be_read_says_nothing_of_the_server() {
        let cluster = tempfile::tempdir().expect("a directory");
        assert!(Postmaster::find(cluster.path()).is_ok_and(|found| found.is_none()));
        // As out of descriptors: it is there, and it cannot be read.
        std::fs::create_dir(cluster.path().join("postmaster.pid")).expect("a directory");
        assert!(Postmaster::find(cluster.path()).is_err());
    }
}
