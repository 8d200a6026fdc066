//! Databases of the schema before the baseline: brought to it once, from where it was released.
use super::schema::{BASELINE, GROUND, LEDGER, MIGRATOR};
use anyhow::{Context, bail};
use sqlx::migrate::{AppliedMigration, Migrate};
use sqlx::{Connection, Executor, PgConnection};

/// Version and hash of each former migration.
const RELEASED: &str = include_str!("../../../migrations/former/released.txt");

/// Where a database may stand, and what brings it on from there.
const POINTS: &[(i64, &str)] = &[
    (288, include_str!("../../../migrations/former/after_0288.sql")),
    (361, include_str!("../../../migrations/former/after_0361.sql")),
    (373, include_str!("../../../migrations/former/after_0373.sql")),
];

/// Does what is left of the former migrations and marks the baseline as there: all of it or nothing. A database that is empty or has the
/// baseline is left alone.
///
/// # Errors
/// When the database stands where no release left it, or a step fails.
pub(super) async fn carry_over(conn: &mut PgConnection) -> anyhow::Result<()> {
    let there =
        sqlx::query_scalar!(r#"select to_regclass('public._sqlx_migrations') is not null as "there!""#)
            .fetch_one(&mut *conn)
            .await?;
    if !there {
        return Ok(());
    }
    let half = conn.dirty_version(LEDGER).await?;
    let applied = conn.list_applied_migrations(LEDGER).await?;
    let Some(point) = standing(&applied, half)? else {
        return Ok(());
    };
    let mut tx = conn.begin().await?;
    for (from, steps) in POINTS.iter().filter(|(from, _)| *from >= point) {
        tx.execute(sqlx::raw_sql(*steps))
            .await
            .with_context(|| format!("migrations/former/after_{from:04}.sql"))?;
    }
    tx.execute("delete from public._sqlx_migrations").await?;
    for migration in MIGRATOR.iter().filter(|migration| migration.version <= BASELINE) {
        tx.skip(LEDGER, migration).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The last former migration of a database that has former ones; an error where they are not exactly a release's.
fn standing(applied: &[AppliedMigration], half: Option<i64>) -> anyhow::Result<Option<i64>> {
    if applied.iter().all(|one| one.version >= GROUND) {
        return Ok(None);
    }
    if let Some(half) = half {
        bail!("Migration {half:04} of this database stopped half way: restore the backup from before it.");
    }
    let ours: Vec<_> = applied
        .iter()
        .map(|one| format!("{:04} {}", one.version, hex::encode(&one.checksum)))
        .collect();
    for (point, _) in POINTS {
        let last = format!("{point:04}");
        if RELEASED
            .lines()
            .take_while(|line| line[..4] <= *last)
            .eq(ours.iter().map(String::as_str))
        {
            return Ok(Some(*point));
        }
    }
    let points: Vec<_> = POINTS.iter().map(|(point, _)| format!("{point:04}")).collect();
    bail!(
        "This database was not made by a released Gantry: its migrations end at {:04}, and only those up to {}, all of them and unchanged, \
         are carried over. Bring it there with the Gantry that it belongs to, or restore its backup from then.",
        applied.last().map_or(0, |one| one.version),
        points.join(" or ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(version: i64, checksum: Vec<u8>) -> AppliedMigration {
        AppliedMigration {
            version,
            checksum: checksum.into(),
        }
    }

    fn released(last: &str) -> Vec<AppliedMigration> {
        let lines = RELEASED.lines().take_while(|line| &line[..4] <= last);
        let parts = lines.filter_map(|line| line.split_once(' '));
        parts
            .map(|(version, checksum)| {
                one(
                    version.parse().unwrap_or_default(),
                    hex::decode(checksum).unwrap_or_default(),
                )
            })
            .collect()
    }

    fn refusal(applied: &[AppliedMigration], half: Option<i64>) -> String {
        standing(applied, half)
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default()
    }

    #[test]
    fn what_was_released_is_carried_over_and_nothing_else() {
        assert!(matches!(standing(&[], None), Ok(None)));
        assert!(matches!(
            standing(&[one(BASELINE, vec![])], Some(BASELINE)),
            Ok(None)
        ));
        assert!(matches!(standing(&released("0288"), None), Ok(Some(288))));
        assert!(matches!(standing(&released("0361"), None), Ok(Some(361))));
        assert!(matches!(standing(&released("0373"), None), Ok(Some(373))));

        let unreleased = "This database was not made by a released Gantry";
        assert!(
            refusal(&released("0320"), None)
                .contains("end at 0320, and only those up to 0288 or 0361 or 0373")
        );
        let mut gap = released("0373");
        gap.remove(3);
        assert!(refusal(&gap, None).starts_with(unreleased));
        let mut other = released("0288");
        other[5].checksum = vec![0; 48].into();
        assert!(refusal(&other, None).starts_with(unreleased));
        let mut beyond = released("0373");
        beyond.push(one(9999, vec![]));
        assert!(refusal(&beyond, None).contains("end at 9999"));
        assert!(
            refusal(&released("0288"), Some(288))
                .starts_with("Migration 0288 of this database stopped half way")
        );
    }
}
