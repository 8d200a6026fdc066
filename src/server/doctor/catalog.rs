//! What the database's own catalog tells.
use super::Finding;
use crate::server::clock::Clock;
use crate::server::config::Config;
use crate::server::db::MIGRATOR;
use sqlx::PgConnection;
use std::collections::BTreeSet;

/// The minor releases of 12 November 2026: the first without the row-security leak CVE-2026-120154, which was fixed in 15.20. The
/// branches' minors are counted in step (15.18, 16.14, 17.10 and 18.4 came out on one day, 14 May 2026).
const FIRST_SOUND: [(i32, i32); 4] = [(15, 20), (16, 16), (17, 12), (18, 6)];

/// Seconds that the two clocks may be apart.
const SKEW: i64 = 5;

/// Version, durability, time.
pub(super) async fn server(
    conn: &mut PgConnection,
    config: &Config,
    clock: &dyn Clock,
) -> sqlx::Result<Vec<Finding>> {
    let row = sqlx::query!(
        r#"select current_setting('server_version_num')::int as "version!", current_setting('fsync') as "fsync!",
                  current_setting('full_page_writes') as "full_page_writes!", current_setting('synchronous_commit') as "synchronous_commit!",
                  clock_timestamp() as "now!""#
    )
    .fetch_one(conn)
    .await?;
    let mut findings = version(row.version, config);
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
    let apart = (row.now - clock.now()).num_seconds().abs();
    if apart > SKEW {
        findings.push(Finding::error(format!(
            "This machine's clock and the database's are {apart} seconds apart: invoices could be dated on the wrong day. Let both follow a time server."
        )));
    }
    Ok(findings)
}

fn version(number: i32, config: &Config) -> Vec<Finding> {
    let (major, minor) = (number / 10_000, number % 10_000);
    let sound = FIRST_SOUND.iter().find(|(known, _)| *known == major);
    match sound {
        None if major < FIRST_SOUND[0].0 => {
            vec![Finding::error(format!(
                "PostgreSQL {major}.{minor} is too old: use 15.20 or newer."
            ))]
        }
        Some((_, least)) if minor < *least => vec![Finding::grave_in_production(
            config,
            format!(
                "PostgreSQL {major}.{minor} has a known leak in row-level security (CVE-2026-120154): update it to {major}.{least} or newer."
            ),
        )],
        _ => Vec::new(),
    }
}

/// The application's role: nothing that row security does not bind.
pub(super) async fn role(conn: &mut PgConnection) -> sqlx::Result<Vec<Finding>> {
    let row = sqlx::query!(
        r#"select r.rolname::text as "name!", r.rolsuper as "superuser!", r.rolbypassrls as "bypasses!",
                  exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                           where n.nspname in ('public', 'auth', 'search', 'app') and c.relkind in ('r', 'p') and pg_has_role(r.oid, c.relowner, 'member')) as "owns!",
                  r.rolcreaterole as "makes_roles!"
             from pg_roles r where r.rolname = current_user"#
    )
    .fetch_one(conn)
    .await?;
    let name = row.name;
    let faults = [
        (row.superuser, "is a superuser"),
        (row.bypasses, "has BYPASSRLS"),
        (row.makes_roles, "may create roles"),
        (
            row.owns && !row.superuser,
            "owns tables, or is a member of the role that does",
        ),
    ];
    let broken = faults.into_iter().filter(|(broken, _)| *broken);
    Ok(broken
        .map(|(_, what)| {
            Finding::error(format!(
                "The role {name} in DATABASE_URL {what}: nothing would keep workshops apart. Use gantry_app there, and the owner only in DATABASE_OWNER_URL."
            ))
        })
        .collect())
}

/// Row security on every table of tenants.
pub(super) async fn tables(conn: &mut PgConnection) -> sqlx::Result<Vec<Finding>> {
    let rows = sqlx::query!(
        r#"select c.relname::text as "name!", c.relrowsecurity as "enabled!", c.relforcerowsecurity as "forced!",
                  exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id' and a.attnotnull) as "tenants!",
                  (select count(*) from pg_policy p where p.polrelid = c.oid and p.polpermissive) as "policies!"
             from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> '_sqlx_migrations'
            order by c.relname"#
    )
    .fetch_all(conn)
    .await?;
    if rows.is_empty() {
        return Ok(vec![Finding::error(
            "The database has no tables: run `gantry migrate`.",
        )]);
    }
    let mut findings = Vec::new();
    for row in rows {
        let name = row.name;
        if !row.tenants {
            findings.push(Finding::error(format!(
                "The table {name} has no org_id: its rows belong to nobody."
            )));
        } else if !row.enabled || !row.forced {
            findings.push(Finding::error(format!(
                "The table {name} has no row-level security in force: every workshop could read it. `alter table {name} enable row level security, force row level security`."
            )));
        } else if row.policies != 1 {
            findings.push(Finding::error(format!(
                "The table {name} has {} permissive policies instead of one: a second one opens what the first closes.",
                row.policies
            )));
        }
    }
    Ok(findings)
}

/// The schema is the program's.
pub(super) async fn migrations(owner: &mut PgConnection) -> sqlx::Result<Vec<Finding>> {
    let there =
        sqlx::query_scalar!(r#"select to_regclass('public._sqlx_migrations') is not null as "there!""#)
            .fetch_one(&mut *owner)
            .await?;
    if !there {
        return Ok(vec![Finding::error(
            "The schema was not made by `gantry migrate`: run it on an empty database.",
        )]);
    }
    // Not a table of the schema that queries are checked against: sqlx makes it when it migrates.
    let applied: Vec<i64> = sqlx::query_scalar("select version from _sqlx_migrations where success")
        .fetch_all(owner)
        .await?;
    let applied: BTreeSet<i64> = applied.into_iter().collect();
    let known: BTreeSet<i64> = MIGRATOR.iter().map(|migration| migration.version).collect();
    let mut findings = Vec::new();
    let missing: Vec<_> = known.difference(&applied).map(ToString::to_string).collect();
    if !missing.is_empty() {
        findings.push(Finding::error(format!(
            "Migrations {} are missing: run `gantry migrate`.",
            missing.join(", ")
        )));
    }
    if applied.difference(&known).next().is_some() {
        findings.push(Finding::error(
            "The database was migrated by a newer Gantry: start that one.",
        ));
    }
    Ok(findings)
}
