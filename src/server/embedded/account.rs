//! Which user the database runs as: PostgreSQL refuses root, so root hands it to an unprivileged account.

use std::fs;
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, lchown};
use std::path::Path;

use anyhow::{Context, Result, bail};
use tokio::process::Command;

/// The user and group PostgreSQL's programs run with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Account {
    uid: u32,
    gid: u32,
    /// Whether we are root and must step down to it.
    switch: bool,
}

impl Account {
    /// The owner of the existing cluster, else this process's user, else (for root) `postgres` or `nobody`.
    pub(super) fn for_cluster(data_dir: &Path) -> Result<Account> {
        // The kernel gives a process's own directory to its effective user: no system call of our own is needed.
        let me = fs::metadata("/proc/self").context("/proc is not mounted")?;
        let link = data_dir.join("postgres");
        let cluster = match fs::metadata(&link) {
            Ok(cluster) => Some(cluster),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error).with_context(|| format!("cannot look at {}", link.display())),
        };
        match cluster {
            Some(cluster) if cluster.uid() == me.uid() && me.uid() != 0 => Ok(Account::current(&me)),
            Some(cluster) if me.uid() == 0 && cluster.uid() != 0 => Ok(Account {
                uid: cluster.uid(),
                gid: cluster.gid(),
                switch: true,
            }),
            Some(cluster) => bail!(
                "the database in {} belongs to user {}: run Gantry as that user (or give the directory to yours)",
                link.display(),
                cluster.uid()
            ),
            None if me.uid() != 0 => Ok(Account::current(&me)),
            None => {
                Account::unprivileged(&fs::read_to_string("/etc/passwd").context("cannot read /etc/passwd")?)
            }
        }
    }

    fn current(me: &fs::Metadata) -> Account {
        Account {
            uid: me.uid(),
            gid: me.gid(),
            switch: false,
        }
    }

    fn unprivileged(passwd: &str) -> Result<Account> {
        let find = |name: &str| {
            let mut fields = passwd
                .lines()
                .map(|line| line.split(':'))
                .find(|line| line.clone().next() == Some(name))?;
            let uid = fields.nth(2)?.parse().ok()?;
            let gid = fields.next()?.parse().ok()?;
            (uid != 0).then_some(Account {
                uid,
                gid,
                switch: true,
            })
        };
        find("postgres").or_else(|| find("nobody")).context(
            "PostgreSQL cannot run as root, and this machine has neither a `postgres` nor a `nobody` user",
        )
    }

    /// The user id.
    pub(super) fn uid(&self) -> u32 {
        self.uid
    }

    /// A program run as this account, away from our working directory and environment.
    pub(super) fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        command
            .env_clear()
            .env("LC_ALL", "C")
            .current_dir("/")
            .stdin(std::process::Stdio::null());
        if self.switch {
            // Setting the user as root also drops every supplementary group.
            command.gid(self.gid).uid(self.uid);
        }
        command
    }

    /// Whether the account can enter `directory`: asked of the kernel, so access lists and mounts count too.
    pub(super) async fn can_enter(&self, directory: &Path) -> Result<bool> {
        let output = self
            .command("/bin/sh")
            .args(["-c", "cd -- \"$0\""])
            .arg(directory)
            .output()
            .await;
        let output = output.with_context(|| format!("cannot run a program as user {}", self.uid))?;
        Ok(output.status.success())
    }

    /// Makes sure that `directory` exists, is this account's and is closed to everybody else.
    pub(super) fn private_directory(&self, directory: &Path) -> Result<()> {
        match fs::DirBuilder::new().mode(0o700).create(directory) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(error).with_context(|| format!("cannot create {}", directory.display()));
            }
            _ => {}
        }
        let found = fs::symlink_metadata(directory)
            .with_context(|| format!("cannot look at {}", directory.display()))?;
        // Ours from a moment ago, or from a start that was interrupted right here.
        let fresh = self.switch && found.uid() == 0;
        let owned = fresh || found.uid() == self.uid;
        if !found.is_dir() || !owned || found.mode() & 0o077 != 0 {
            bail!(
                "{} must be a directory of user {} that nobody else can enter: remove it, then start again",
                directory.display(),
                self.uid
            );
        }
        if fresh {
            lchown(directory, Some(self.uid), Some(self.gid))
                .with_context(|| format!("cannot give {} to user {}", directory.display(), self.uid))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Account;

    #[test]
    fn root_hands_the_database_to_postgres_before_nobody() {
        let nobody = "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65533:nobody:/:/bin/false\n";
        let account = Account::unprivileged(nobody).unwrap();
        assert_eq!((account.uid, account.gid), (65534, 65533));
        let both = format!("{nobody}postgres:x:101:104::/var/lib/postgresql:/bin/sh\n");
        assert_eq!(Account::unprivileged(&both).unwrap().uid, 101);
    }

    #[test]
    fn an_account_that_is_root_by_another_name_is_not_taken() {
        assert!(Account::unprivileged("postgres:x:0:0::/:/bin/sh\n").is_err());
    }
}
