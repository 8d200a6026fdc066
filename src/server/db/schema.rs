//! The schema: a baseline of tables by topic and what came after it, and functions and views that are written again whenever their
//! file has another text. See docs/schema.md.
use super::{former, jobs};
use crate::server::jobs::Work;
use anyhow::Context;
use sha2::{Digest, Sha256};
use sqlx::migrate::{Migrate, Migrator};
use sqlx::{Connection, Executor, PgConnection};
use std::collections::BTreeMap;

include!(concat!(env!("OUT_DIR"), "/repeatables.rs"));

/// The tables, in the binary.
pub static MIGRATOR: Migrator = sqlx::migrate!("./migrations");

/// Roles and schemas: all that functions need before they are made.
pub(super) const GROUND: i64 = 401;

/// The last file of the baseline; later ones change what it made.
pub const BASELINE: i64 = 414;

/// Where sqlx writes down what it did.
pub(super) const LEDGER: &str = "_sqlx_migrations";

/// Brings the schema up to date as the owner, and makes every kind of background work known.
///
/// # Errors
/// When the database does not answer, its schema is of no release, or a file fails.
pub async fn migrate(owner_url: &str, kinds: &[Work]) -> anyhow::Result<()> {
    let mut conn = PgConnection::connect(owner_url).await?;
    migrate_to(&mut conn, i64::MAX).await?;
    conn.close().await?;
    jobs::migrate(owner_url, kinds).await
}

/// Brings the schema to a version as the owner; functions and views are always the program's.
///
/// # Errors
/// When the database does not answer, its schema is of no release, or a file fails. The connection then still holds the lock.
pub async fn migrate_to(conn: &mut PgConnection, version: i64) -> anyhow::Result<()> {
    // Of several servers that start at once one does it all; sqlx takes the same lock again.
    conn.lock().await?;
    former::carry_over(conn).await?;
    MIGRATOR.run_to(GROUND, &mut *conn).await?;
    apply(conn, FUNCTIONS).await?;
    MIGRATOR.run_to(version, &mut *conn).await?;
    apply(conn, VIEWS).await?;
    forget(conn).await?;
    conn.unlock().await?;
    Ok(())
}

/// Applies the files that this database has not, or with another text, all of them or none.
async fn apply(conn: &mut PgConnection, files: &'static [(&str, &str)]) -> anyhow::Result<()> {
    let mut tx = conn.begin().await?;
    let known = sqlx::query!("select name, checksum from app.schema_files")
        .fetch_all(&mut *tx)
        .await?;
    let known: BTreeMap<_, _> = known.into_iter().map(|row| (row.name, row.checksum)).collect();
    // Functions come before the tables that they read.
    tx.execute("set local check_function_bodies = off").await?;
    for (name, text) in files {
        let checksum = checksum(text);
        if known.get(*name) == Some(&checksum) {
            continue;
        }
        tx.execute(sqlx::raw_sql(*text))
            .await
            .with_context(|| format!("migrations/{name}"))?;
        sqlx::query!(
            "insert into app.schema_files (name, checksum) values ($1, $2)
             on conflict (name) do update set checksum = excluded.checksum, applied_at = now()",
            *name,
            checksum
        )
        .execute(&mut *tx)
        .await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Files that are no more: what they made was dropped by a migration or stands in another file.
async fn forget(conn: &mut PgConnection) -> sqlx::Result<()> {
    let names: Vec<String> = repeatables().into_keys().collect();
    sqlx::query!("delete from app.schema_files where name <> all ($1)", &names)
        .execute(conn)
        .await?;
    Ok(())
}

fn checksum(text: &str) -> Vec<u8> {
    Sha256::digest(text).to_vec()
}

/// The files of functions and views by name, each with the hash of its text.
#[must_use]
pub fn repeatables() -> BTreeMap<String, Vec<u8>> {
    FUNCTIONS
        .iter()
        .chain(VIEWS)
        .map(|(name, text)| ((*name).to_owned(), checksum(text)))
        .collect()
}

/// Another one whenever any file of the schema is another.
#[must_use]
pub fn fingerprint() -> Vec<u8> {
    let mut all = Sha256::new();
    for migration in MIGRATOR.iter() {
        all.update(&migration.checksum);
    }
    for (name, checksum) in repeatables() {
        all.update(name);
        all.update(checksum);
    }
    all.finalize().to_vec()
}
