//! Whether tables are guarded as the migrations made them, and the schema is the program's.
use super::Finding;
use crate::server::db::MIGRATOR;
use crate::server::db::schema::repeatables;
use sqlx::PgConnection;
use std::collections::BTreeMap;

/// What the one permissive policy says, as PostgreSQL writes it.
const OWN_ROWS: &str = "(org_id = ( SELECT app.current_org() AS current_org))";
/// What the policy of a table with branches says.
const OWN_BRANCHES: &str = "(( SELECT app.all_branches() AS all_branches) OR (branch_id = ANY (( SELECT app.branch_ids() AS branch_ids)::uuid[])))";

pub(super) async fn examine(conn: &mut PgConnection) -> sqlx::Result<Vec<Finding>> {
    let Some(mut findings) = tables(conn).await? else {
        return Ok(vec![Finding::error(
            "The database has no tables: run `gantry migrate`.",
        )]);
    };
    findings.extend(super::roles::everybody(conn).await?);
    findings.extend(guards(conn).await?);
    findings.extend(migrations(conn).await?);
    Ok(findings)
}

/// Row security on every table of tenants, if there are any.
async fn tables(conn: &mut PgConnection) -> sqlx::Result<Option<Vec<Finding>>> {
    let rows = sqlx::query!(
        r#"select c.relname::text as "name!", c.relrowsecurity as "enabled!", c.relforcerowsecurity as "forced!",
                  exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id' and a.attnotnull) as "tenants!",
                  (select count(*) from pg_policy p where p.polrelid = c.oid and p.polpermissive) as "policies!",
                  exists (select from pg_policy p where p.polrelid = c.oid and p.polpermissive and p.polcmd = '*' and p.polwithcheck is null
                           and pg_get_expr(p.polqual, p.polrelid) = $1) as "own_rows!",
                  c.relname = 'member_branches' or not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'branch_id')
                    or exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'branch' and not p.polpermissive and p.polcmd = '*'
                                and p.polwithcheck is null and pg_get_expr(p.polqual, p.polrelid) = $2) as "own_branches!",
                  c.relname <> 'work_orders' or exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'assigned' and not p.polpermissive
                                and p.polcmd in ('*', 'r') and pg_get_expr(p.polqual, p.polrelid) like '%app.sees_all_orders()%app.current_member()%') as "own_orders!"
             from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> '_sqlx_migrations'
            order by c.relname"#,
        OWN_ROWS,
        OWN_BRANCHES
    )
    .fetch_all(conn)
    .await?;
    if rows.is_empty() {
        return Ok(None);
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
        } else if !row.own_rows {
            findings.push(Finding::error(format!(
                "The policy of the table {name} does not say that rows belong to the session's workshop. Make it again: `using (org_id = (select app.current_org()))`."
            )));
        }
        if !row.own_branches {
            findings.push(Finding::error(format!(
                "The table {name} lost its policy `branch`: members would see other branches' rows. `call app.branch_table('{name}')`."
            )));
        }
        if !row.own_orders {
            findings.push(Finding::error(format!(
                "The table {name} lost its policy `assigned`: technicians would see orders that do not name them. Make it again as the migrations do."
            )));
        }
    }
    Ok(Some(findings))
}

/// Triggers that keep documents, phases and histories as they are, and those behind references: somebody may have switched one off
/// for a repair.
async fn guards(conn: &mut PgConnection) -> sqlx::Result<Vec<Finding>> {
    let rows = sqlx::query!(
        r#"select c.relname::text as "name!", string_agg(t.tgname, ', ' order by t.tgname) filter (where not t.tgisinternal) as guards
             from pg_trigger t join pg_class c on c.oid = t.tgrelid
            where t.tgenabled in ('D', 'R') and c.relnamespace in (select oid from pg_namespace where nspname in ('public', 'app', 'auth', 'search'))
            group by c.relname order by c.relname"#
    )
    .fetch_all(conn)
    .await?;
    let sentence = |name: String, guards: Option<String>| {
        let what = guards.map_or_else(
            || "References".to_owned(),
            |guards| format!("The guards {guards}"),
        );
        Finding::error(format!(
            "{what} of the table {name} are switched off: what must never change could be changed. `alter table {name} enable always trigger …`, \
             and let `gantry verify-invariants` look at what happened meanwhile."
        ))
    };
    Ok(rows
        .into_iter()
        .map(|row| sentence(row.name, row.guards))
        .collect())
}

/// The schema is the program's.
async fn migrations(conn: &mut PgConnection) -> sqlx::Result<Vec<Finding>> {
    let recorded = sqlx::query_scalar!(
        r#"select count(*) = 2 as "told!" from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where n.nspname = 'auth' and p.proname in ('applied_migrations', 'applied_files')"#
    )
    .fetch_one(&mut *conn)
    .await?;
    if !recorded {
        return Ok(vec![Finding::error(
            "The database's schema is older than this program: run `gantry migrate`.",
        )]);
    }
    let rows = sqlx::query!(
        r#"select version as "version!", checksum as "checksum!" from auth.applied_migrations()"#
    )
    .fetch_all(&mut *conn)
    .await?;
    if rows.is_empty() {
        return Ok(vec![Finding::error(
            "The schema was not made by `gantry migrate`: run it on an empty database.",
        )]);
    }
    let applied = rows.into_iter().map(|row| (row.version, row.checksum)).collect();
    let known = MIGRATOR
        .iter()
        .map(|migration| (migration.version, migration.checksum.to_vec()))
        .collect();
    let mut findings = differences(&known, &applied);
    let files = sqlx::query!(r#"select name as "name!", checksum as "checksum!" from auth.applied_files()"#)
        .fetch_all(conn)
        .await?;
    let files = files.into_iter().map(|row| (row.name, row.checksum)).collect();
    findings.extend(foreign(&repeatables(), &files));
    Ok(findings)
}

type Files = BTreeMap<String, Vec<u8>>;

/// Files of functions and views that one side has and the other has not, or with another text.
fn foreign(own: &Files, applied: &Files) -> Option<Finding> {
    let mut names: Vec<_> = own
        .keys()
        .chain(applied.keys().filter(|name| !own.contains_key(*name)))
        .filter(|name| own.get(*name) != applied.get(*name))
        .map(String::as_str)
        .collect();
    names.sort_unstable();
    (!names.is_empty()).then(|| {
        Finding::error(format!(
            "The database does not have this program's {}: run `gantry migrate`.",
            names.join(", ")
        ))
    })
}

type Migrations = BTreeMap<i64, Vec<u8>>;

fn differences(known: &Migrations, applied: &Migrations) -> Vec<Finding> {
    let listed = |numbers: Vec<&i64>| {
        let numbers: Vec<_> = numbers.into_iter().map(ToString::to_string).collect();
        (!numbers.is_empty()).then(|| numbers.join(", "))
    };
    let missing = listed(
        known
            .keys()
            .filter(|version| !applied.contains_key(version))
            .collect(),
    );
    let newer = listed(
        applied
            .keys()
            .filter(|version| !known.contains_key(version))
            .collect(),
    );
    let other = applied
        .iter()
        .filter(|(version, sum)| known.get(version).is_some_and(|own| own != *sum));
    let changed = listed(other.map(|(version, _)| version).collect());
    let sentences = [
        missing.map(|numbers| format!("Migrations {numbers} are missing: run `gantry migrate`.")),
        newer.map(|numbers| format!("The database was migrated by a newer Gantry (migrations {numbers}): start that one.")),
        changed.map(|numbers| format!("Migrations {numbers} are not the ones that this database was made by: use the program that belongs to it.")),
    ];
    sentences.into_iter().flatten().map(Finding::error).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_that_is_not_the_programs_is_told_from_one_that_is() {
        let own: Migrations = [(1, vec![1]), (2, vec![2])].into();
        let problems = |applied: &[(i64, Vec<u8>)]| {
            let findings = differences(&own, &applied.iter().cloned().collect());
            findings
                .into_iter()
                .map(|finding| finding.sentence)
                .collect::<Vec<_>>()
        };
        assert_eq!(problems(&[(1, vec![1]), (2, vec![2])]), Vec::<String>::new());
        assert!(problems(&[(1, vec![1])])[0].starts_with("Migrations 2 are missing"));
        assert!(
            problems(&[(1, vec![1]), (2, vec![2]), (3, vec![3])])[0].contains("newer Gantry (migrations 3)")
        );
        assert!(problems(&[(1, vec![1]), (2, vec![9])])[0].starts_with("Migrations 2 are not the ones"));
    }

    #[test]
    fn functions_of_another_text_and_of_files_nobody_knows_are_told() {
        let files = |list: &[(&str, u8)]| -> Files {
            list.iter()
                .map(|(name, sum)| ((*name).to_owned(), vec![*sum]))
                .collect()
        };
        let own = files(&[("functions/a.sql", 1), ("functions/b.sql", 2), ("views/c.sql", 3)]);
        assert_eq!(foreign(&own, &own), None);
        let applied = files(&[
            ("functions/a.sql", 1),
            ("functions/b.sql", 9),
            ("functions/z.sql", 4),
        ]);
        let problem = foreign(&own, &applied)
            .map(|finding| finding.sentence)
            .unwrap_or_default();
        assert!(
            problem.contains("this program's functions/b.sql, functions/z.sql, views/c.sql: run"),
            "{problem}"
        );
    }
}
