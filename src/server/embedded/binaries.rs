//! The machine's PostgreSQL programs: found, never downloaded.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use tokio::process::Command;

use super::account::Account;

/// The oldest major version Gantry works with.
const OLDEST: u32 = 15;

/// A directory of PostgreSQL programs of one version.
#[derive(Debug, Clone)]
pub(super) struct Binaries {
    directory: PathBuf,
    major: u32,
}

impl Binaries {
    /// The newest usable version, or exactly `wanted` when a cluster exists that was made by it.
    pub(super) async fn find(account: &Account, wanted: Option<u32>) -> Result<Binaries> {
        let mut found: Vec<Binaries> = Vec::new();
        for directory in candidates().await {
            if let Some(major) = version(account, &directory).await {
                found.push(Binaries { directory, major });
            }
        }
        let versions: Vec<u32> = found.iter().map(|binaries| binaries.major).collect();
        let usable =
            |binaries: &Binaries| wanted.map_or(binaries.major >= OLDEST, |major| binaries.major == major);
        // The first of equals: `pg_config` is asked first, so a machine's own choice wins.
        let best = found
            .into_iter()
            .rev()
            .filter(usable)
            .max_by_key(|binaries| binaries.major);
        match (best, wanted) {
            (Some(best), _) => Ok(best),
            (None, Some(major)) => bail!(
                "this data directory was made by PostgreSQL {major}, found here: {versions:?}. \
                 Install the package postgresql-{major} (Debian, Ubuntu) or postgresql{major}-server (Fedora, RHEL)"
            ),
            (None, None) => bail!(
                "no PostgreSQL {OLDEST} or newer on this machine (found: {versions:?}). Install the package postgresql \
                 (Debian, Ubuntu) or postgresql-server (Fedora, RHEL), or set DATABASE_URL to a server elsewhere"
            ),
        }
    }

    /// The path of one program.
    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }
}

async fn candidates() -> Vec<PathBuf> {
    let mut directories = Vec::new();
    if let Ok(output) = Command::new("pg_config").arg("--bindir").output().await
        && output.status.success()
    {
        directories.push(PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    }
    directories.extend(children("/usr/lib/postgresql").map(|version| version.join("bin")));
    let pgdg = children("/usr").filter(|path| {
        path.file_name()
            .is_some_and(|name| name.as_encoded_bytes().starts_with(b"pgsql-"))
    });
    directories.extend(pgdg.map(|version| version.join("bin")));
    directories.extend(["/usr/local/bin", "/usr/local/pgsql/bin", "/usr/bin"].map(PathBuf::from));
    directories
}

fn children(directory: &str) -> impl Iterator<Item = PathBuf> {
    fs::read_dir(directory)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
}

/// The major version, if every program we need is there and the account may run it.
async fn version(account: &Account, directory: &Path) -> Option<u32> {
    if !["initdb", "pg_ctl"]
        .iter()
        .all(|name| directory.join(name).exists())
    {
        return None;
    }
    let output = account
        .command(directory.join("postgres"))
        .arg("--version")
        .output()
        .await
        .ok()?;
    major(&String::from_utf8_lossy(&output.stdout))
}

/// `postgres (PostgreSQL) 15.20 (Debian ..)` and `postgres (PostgreSQL) 18beta1` both say their major version.
fn major(version: &str) -> Option<u32> {
    let number = version.split("(PostgreSQL) ").nth(1)?;
    number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn versions_are_read_from_what_postgres_prints() {
        assert_eq!(
            major("postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)\n"),
            Some(15)
        );
        assert_eq!(major("postgres (PostgreSQL) 19beta1\n"), Some(19));
        assert_eq!(major("bash: postgres: not found"), None);
    }
}
