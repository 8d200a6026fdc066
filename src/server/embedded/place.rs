//! Where a cluster and its socket live, and how a new one is made.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::{fs, io};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use super::account::Account;
use super::binaries::Binaries;

/// How a cluster is run.
#[derive(Debug, Clone, Copy, Default)]
pub struct EmbeddedOptions {
    /// For throw-away test clusters: nothing is forced to disk, and more connections are allowed.
    pub fast: bool,
    /// Also stop, in the end, a cluster that was found running (left behind by a server that was killed).
    pub adopt: bool,
}

/// What the kernel allows for the path of a Unix socket, without the final zero.
const LONGEST_SOCKET_PATH: usize = 107;
const SOCKET_NAME: &str = "/.s.PGSQL.5432";
/// Where root keeps clusters of data directories the database's account cannot reach.
const SHARED_HOME: &str = "/var/lib/gantry";

/// The paths of one cluster.
#[derive(Debug)]
pub(super) struct Place {
    /// PostgreSQL's data directory, without symbolic links.
    pub cluster: PathBuf,
    /// The private directory of the socket.
    pub socket_dir: PathBuf,
    /// PostgreSQL's log.
    pub log: PathBuf,
}

/// The data directory itself, made if need be.
pub(super) fn data_directory(path: &Path) -> Result<PathBuf> {
    if !path.exists() {
        fs::create_dir_all(path)
            .with_context(|| format!("cannot create the data directory {}", path.display()))?;
        // The database's account passes through it but sees nothing of it.
        fs::set_permissions(path, fs::Permissions::from_mode(0o711))?;
    }
    path.canonicalize()
        .with_context(|| format!("cannot enter the data directory {}", path.display()))
}

/// The major version that made the cluster, if there is one.
pub(super) fn version_of(data_dir: &Path) -> Result<Option<u32>> {
    let file = data_dir.join("postgres/PG_VERSION");
    match fs::read_to_string(&file) {
        Ok(text) => {
            Ok(Some(text.trim().parse().with_context(|| {
                format!("{} is not a version", file.display())
            })?))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", file.display())),
    }
}

impl Place {
    /// Finds the cluster of a data directory, or makes it.
    pub(super) async fn prepare(
        data_dir: &Path,
        account: &Account,
        binaries: &Binaries,
        options: EmbeddedOptions,
    ) -> Result<Place> {
        let link = data_dir.join("postgres");
        match fs::symlink_metadata(&link) {
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                create(data_dir, &link, account, binaries, options).await?;
            }
            Err(error) => return Err(error).with_context(|| format!("cannot look at {}", link.display())),
        }
        let cluster = link.canonicalize().with_context(|| {
            let target = fs::read_link(&link).unwrap_or_default();
            format!(
                "{} points to {}, which is not there: bring it back, or remove the link to begin with an empty database",
                link.display(),
                target.display()
            )
        })?;
        if !account.can_enter(&cluster).await? {
            bail!(
                "user {} runs the database but cannot enter {}: a directory above it is closed to others. Open that \
                 directory (chmod o+x), or move Gantry's data directory to another place, such as /var/lib",
                account.uid(),
                cluster.display()
            );
        }
        let socket_dir = socket_directory(&cluster);
        account.private_directory(&socket_dir)?;
        Ok(Place {
            cluster,
            socket_dir,
            log: data_dir.join("postgres.log"),
        })
    }

    /// The directory of the files Gantry itself keeps beside the cluster.
    pub(super) fn home(&self) -> &Path {
        self.cluster.parent().unwrap_or(&self.cluster)
    }
}

/// Under a scratch name first: a cluster with its final name is always a whole one.
async fn create(
    data_dir: &Path,
    link: &Path,
    account: &Account,
    binaries: &Binaries,
    options: EmbeddedOptions,
) -> Result<()> {
    let home = if account.can_enter(data_dir).await? {
        data_dir.to_owned()
    } else {
        shared_home(data_dir)?
    };
    tracing::info!("creating the database in {}", home.join("postgres").display());
    let scratch = home.join("postgres.new");
    match fs::remove_dir_all(&scratch) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(error).with_context(|| format!("cannot remove {}", scratch.display()));
        }
        _ => {}
    }
    account.private_directory(&scratch)?;
    init(&scratch, account, binaries, options).await?;
    let cluster = home.join("postgres");
    fs::rename(&scratch, &cluster).with_context(|| format!("cannot rename {}", scratch.display()))?;
    if cluster != link {
        symlink(&cluster, link).with_context(|| format!("cannot link {}", link.display()))?;
        tracing::warn!(
            "user {} cannot enter {}, so the database's files are in {} and {} is a link to them: back up both",
            account.uid(),
            data_dir.display(),
            cluster.display(),
            link.display()
        );
    }
    Ok(())
}

async fn init(
    cluster: &Path,
    account: &Account,
    binaries: &Binaries,
    options: EmbeddedOptions,
) -> Result<()> {
    let run = async |locale: &str| {
        let mut initdb = account.command(binaries.program("initdb"));
        initdb
            .arg("--pgdata")
            .arg(cluster)
            .args(["--username=postgres", "--encoding=UTF8", locale]);
        initdb.args([
            "--data-checksums",
            "--auth-local=peer",
            "--auth-host=reject",
            "--no-instructions",
        ]);
        if options.fast {
            initdb.arg("--no-sync");
        }
        initdb.output().await.context("cannot run initdb")
    };
    let mut output = run("--locale=C.UTF-8").await?;
    if !output.status.success() {
        // Not every C library knows that locale; initdb leaves a directory it was given empty as it found it.
        output = run("--no-locale").await?;
    }
    if !output.status.success() {
        bail!(
            "initdb failed: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(())
}

/// A fresh directory under `/var/lib/gantry`, named after the data directory.
fn shared_home(data_dir: &Path) -> Result<PathBuf> {
    let open = |path: &Path| -> io::Result<()> {
        fs::create_dir_all(path)?;
        fs::set_permissions(path, fs::Permissions::from_mode(0o711))
    };
    let base = Path::new(SHARED_HOME);
    let name = fingerprint(data_dir);
    let mut home = base.join(&name);
    for number in 2.. {
        if !home.join("postgres").exists() {
            break;
        }
        tracing::warn!(
            "{} holds the database of an earlier {}",
            home.display(),
            data_dir.display()
        );
        home = base.join(format!("{name}-{number}"));
    }
    open(base).and_then(|()| open(&home)).with_context(|| {
        format!(
            "the database's account cannot enter {}, and {} cannot be made: set GANTRY_DATA_DIR to another place",
            data_dir.display(),
            home.display()
        )
    })?;
    Ok(home)
}

/// Beside the cluster if the path is short and plain enough for a socket, else in `/tmp`.
fn socket_directory(cluster: &Path) -> PathBuf {
    let beside = cluster.with_file_name("postgres-socket");
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    let fits = |path: &str| path.len() + SOCKET_NAME.len() <= LONGEST_SOCKET_PATH && path.chars().all(plain);
    if beside.to_str().is_some_and(fits) {
        beside
    } else {
        PathBuf::from(format!("/tmp/gantry-{}", fingerprint(cluster)))
    }
}

fn fingerprint(path: &Path) -> String {
    hex::encode(&Sha256::digest(path.as_os_str().as_encoded_bytes())[..8])
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::socket_directory;

    #[test]
    fn the_socket_lies_beside_the_cluster_when_the_kernel_can_name_it() {
        assert_eq!(
            socket_directory(Path::new("/srv/data/postgres")),
            PathBuf::from("/srv/data/postgres-socket")
        );
        // 107 bytes with the socket's name: the longest that works.
        let longest = format!("/{}", "a".repeat(76));
        let beside = socket_directory(&Path::new(&longest).join("postgres"));
        assert_eq!(beside, Path::new(&longest).join("postgres-socket"));
    }

    #[test]
    fn a_long_or_odd_path_gets_a_stable_short_one() {
        for odd in [
            format!("/{}/postgres", "a".repeat(77)),
            "/srv/a b/postgres".into(),
            "/srv/ä/postgres".into(),
        ] {
            let directory = socket_directory(Path::new(&odd));
            assert!(
                directory.starts_with("/tmp") && directory.as_os_str().len() < 40,
                "{directory:?}"
            );
            assert_eq!(directory, socket_directory(Path::new(&odd)));
        }
    }
}
