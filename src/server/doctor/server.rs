//! The database's server: version, durability, spelling, time.
use super::{Finding, settings};
use crate::server::clock::Clock;
use crate::server::config::Config;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// The minor releases of 12 November 2026: the first without the row-security leak CVE-2026-120154, which was fixed in 15.20. The
/// branches' minors are counted in step (15.18, 16.14, 17.10 and 18.4 came out on one day, 14 May 2026).
const FIRST_SOUND: [(i32, i32); 4] = [(15, 20), (16, 16), (17, 12), (18, 6)];

/// Seconds that the two clocks may be apart.
const SKEW: i64 = 5;

/// Which server and which database of it a connection leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place {
    started_at: DateTime<Utc>,
    database: String,
}

pub(super) async fn place(conn: &mut PgConnection) -> sqlx::Result<Place> {
    sqlx::query_as!(
        Place,
        r#"select pg_postmaster_start_time() as "started_at!", current_database()::text as "database!""#
    )
    .fetch_one(conn)
    .await
}

/// The owner's connection: to the same database, and as nobody whom row security does not bind.
pub(super) async fn owner(conn: &mut PgConnection, of_requests: &Place) -> sqlx::Result<Vec<Finding>> {
    let mut findings = Vec::new();
    if place(conn).await? != *of_requests {
        findings.push(Finding::error(
            "DATABASE_URL and DATABASE_OWNER_URL lead to two different databases: migrations would change one, people would work in the other.",
        ));
    }
    let unbound = sqlx::query_scalar!(
        r#"select rolsuper or rolbypassrls as "unbound!" from pg_roles where rolname = current_user"#
    )
    .fetch_one(conn)
    .await?;
    if unbound {
        findings.push(Finding::error(
            "DATABASE_OWNER_URL signs in as a superuser, or with BYPASSRLS: functions that it makes would see every workshop. Use gantry_owner.",
        ));
    }
    Ok(findings)
}

pub(super) async fn examine(
    conn: &mut PgConnection,
    config: &Config,
    clock: &dyn Clock,
) -> sqlx::Result<Vec<Finding>> {
    let row = sqlx::query!(
        r#"select current_setting('server_version_num')::int as "version!", current_setting('fsync') as "fsync!",
                  current_setting('full_page_writes') as "full_page_writes!", current_setting('synchronous_commit') as "synchronous_commit!",
                  current_setting('server_encoding') as "encoding!", clock_timestamp() as "now!""#
    )
    .fetch_one(conn)
    .await?;
    let mut findings: Vec<_> = version(row.version, settings::in_production(config))
        .into_iter()
        .collect();
    for (name, value, fine) in [
        ("fsync", &row.fsync, &["on"][..]),
        ("full_page_writes", &row.full_page_writes, &["on"]),
        (
            "synchronous_commit",
            &row.synchronous_commit,
            &["on", "remote_apply"],
        ),
    ] {
        if !fine.contains(&value.as_str()) {
            findings.push(Finding::error(format!(
                "PostgreSQL's setting {name} is {value}: a power cut would lose payments that people saw as saved. Set it to on."
            )));
        }
    }
    if row.encoding != "UTF8" {
        findings.push(Finding::error(format!(
            "The database's encoding is {}: names would be stored wrongly. Make it anew with `encoding 'UTF8' template template0`.",
            row.encoding
        )));
    }
    let apart = (row.now - clock.now()).num_seconds().abs();
    if apart > SKEW {
        findings.push(Finding::error(format!(
            "This machine's clock and the database's are {apart} seconds apart: invoices could be dated on the wrong day. Let both follow a time server."
        )));
    }
    Ok(findings)
}

fn version(number: i32, in_production: bool) -> Option<Finding> {
    let (major, minor) = (number / 10_000, number % 10_000);
    let sound = FIRST_SOUND.iter().find(|(known, _)| *known == major);
    match sound {
        None if major < FIRST_SOUND[0].0 => Some(Finding::error(format!(
            "PostgreSQL {major}.{minor} is too old: use 15.20 or newer."
        ))),
        Some((_, least)) if minor < *least => Some(Finding {
            hard: in_production,
            sentence: format!(
                "PostgreSQL {major}.{minor} has a known leak in row-level security (CVE-2026-120154): update it to {major}.{least} or newer."
            ),
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn a_leaking_server_is_refused_where_customers_data_is_and_an_old_one_everywhere() {
        let hard = |number, in_production| version(number, in_production).map(|finding| finding.hard);
        for sound in [150_020, 160_016, 170_012, 180_006, 190_000] {
            assert_eq!(hard(sound, true), None, "{sound}");
        }
        for leaking in [150_018, 160_015, 170_011, 180_005] {
            assert_eq!(hard(leaking, true), Some(true), "{leaking}");
            assert_eq!(hard(leaking, false), Some(false), "{leaking}");
        }
        assert_eq!(hard(140_024, false), Some(true));
    }
}
