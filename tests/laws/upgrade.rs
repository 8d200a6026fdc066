//! What workshops have written survives the next version.
use crate::kit::cluster::Database;
use crate::kit::rows::fill;
use gantry::server::db::MIGRATOR;
use gantry::server::db::schema::{BASELINE, migrate_to};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A workshop with a row in every table there is now.
async fn work(admin: &mut PgConnection) {
    let (org, branch) = (Uuid::new_v4(), Uuid::new_v4());
    for statement in [
        format!(
            "insert into auth.organizations (id, name, slug, created_at) values ('{org}', 'Nord', 'w{}', now())",
            org.simple().to_string().split_at(12).0
        ),
        format!("select set_config('app.org_id', '{org}', false), set_config('app.branches', 'all', false)"),
        "insert into organization_settings (name) values ('Nord')".to_owned(),
        format!(
            "insert into branches (id, name, code, created_at) values ('{branch}', 'Main', 'MAIN', now())"
        ),
    ] {
        admin
            .execute(sqlx::raw_sql(AssertSqlSafe(statement)))
            .await
            .expect("a workshop");
    }
    fill(admin, org, branch).await;
}

/// Everything that workshops wrote, row by row; what a later version adds to a row or takes from it is no difference.
type Kept = BTreeMap<(String, String), serde_json::Value>;

async fn kept(admin: &mut PgConnection) -> Kept {
    let tables: Vec<String> = sqlx::query_scalar(
        "select c.relname::text from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> '_sqlx_migrations'",
    )
    .fetch_all(&mut *admin)
    .await
    .expect("tables");
    let mut kept = Kept::new();
    for table in tables {
        // The key that stays: ids are never given anew, and a table of pairs is its ids.
        let rows = format!(
            "select (select string_agg(v, ' ' order by k) from jsonb_each_text(to_jsonb(t)) e(k, v) where k = 'id' or k like '%\\_id'), to_jsonb(t) from {table} t"
        );
        let rows: Vec<(String, serde_json::Value)> = sqlx::query_as(AssertSqlSafe(rows))
            .fetch_all(&mut *admin)
            .await
            .expect("rows");
        kept.extend(rows.into_iter().map(|(key, row)| ((table.clone(), key), row)));
    }
    kept
}

/// Columns that a migration gives a new meaning, and which one.
const REWRITTEN: &[(&str, &str)] = &[];

/// What a migration took or changed of what was there.
fn lost(before: &Kept, after: &Kept) -> Vec<String> {
    let mut lost = Vec::new();
    for ((table, key), old) in before {
        let Some(new) = after.get(&(table.clone(), key.clone())) else {
            lost.push(format!("{table}: a row is gone"));
            continue;
        };
        let columns = old.as_object().into_iter().flatten();
        let changed = columns.filter(|(column, value)| new.get(column).is_some_and(|now| now != *value));
        lost.extend(
            changed
                .map(|(column, _)| format!("{table}.{column}"))
                .filter(|place| !REWRITTEN.iter().any(|(rewritten, _)| rewritten == place)),
        );
    }
    lost.sort();
    lost.dedup();
    lost
}

#[tokio::test(flavor = "multi_thread")]
async fn every_migration_goes_through_with_a_row_in_every_table() {
    let database = Database::empty().await;
    let mut owner = PgConnection::connect(&database.owner_url)
        .await
        .expect("the owner");
    let mut admin = PgConnection::connect(&database.admin_url)
        .await
        .expect("the superuser");
    migrate_to(&mut owner, BASELINE).await.expect("the baseline");
    for migration in MIGRATOR.iter().filter(|one| one.version > BASELINE) {
        work(&mut admin).await;
        let before = kept(&mut admin).await;
        if let Err(error) = migrate_to(&mut owner, migration.version).await {
            panic!("migration {} with rows there: {error:#}", migration.version);
        }
        let lost = lost(&before, &kept(&mut admin).await);
        assert_eq!(lost, [""; 0], "migration {}", migration.version);
    }
    work(&mut admin).await;
}

#[test]
fn a_row_or_a_value_that_a_migration_takes_is_seen() {
    let row = |value: serde_json::Value| Kept::from([(("notes".to_owned(), "1".to_owned()), value)]);
    let before = row(serde_json::json!({"id": 1, "body": "Ada", "old": 7}));
    let grown = row(serde_json::json!({"id": 1, "body": "Ada", "new": 8}));
    assert_eq!(lost(&before, &grown), [""; 0]);
    let emptied = row(serde_json::json!({"id": 1, "body": ""}));
    assert_eq!(lost(&before, &emptied), ["notes.body"]);
    assert_eq!(lost(&before, &Kept::new()), ["notes: a row is gone"]);
}
