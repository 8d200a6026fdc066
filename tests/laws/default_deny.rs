//! Without an organization there is nothing: for every table, every verb and every way to have none.
use crate::kit::rows::{Rows, Table, fill, fingerprints, tables};
use crate::kit::{TestApp, connect};
use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use uuid::Uuid;

const TENANT: &str = "set local role gantry_tenant; set local app.branches = 'all'";

#[derive(Debug)]
enum Outcome {
    /// So many rows were read or changed.
    Rows(u64),
    Refused(String),
}

/// Runs one statement in a transaction of its own and takes it back.
async fn attempt(db: &mut PgConnection, setup: &str, statement: &str, row: Option<&Value>) -> Outcome {
    let mut tx = db.begin().await.expect("a transaction");
    tx.execute(sqlx::raw_sql(AssertSqlSafe(setup)))
        .await
        .expect("a setup");
    let mut query = sqlx::query(AssertSqlSafe(statement));
    if let Some(row) = row {
        query = query.bind(row);
    }
    let outcome = match query.execute(&mut *tx).await {
        Ok(done) => Outcome::Rows(done.rows_affected()),
        Err(sqlx::Error::Database(error)) => Outcome::Refused(error.code().unwrap_or_default().into_owned()),
        Err(error) => panic!("{statement}: {error}"),
    };
    tx.rollback().await.expect("a rollback");
    outcome
}

/// Reading, adding, changing and removing; an added row is one that its organization could have added.
fn verbs(table: &Table, rows: &Rows) -> [(String, Option<Value>); 4] {
    let name = &table.name;
    let new = table.with_new_keys(&rows[name]);
    [
        (format!("select from public.{name}"), None),
        (table.insert_json(), Some(new.into())),
        (format!("update public.{name} set org_id = org_id"), None),
        (format!("delete from public.{name}"), None),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_organization_nothing_is_read_or_changed() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let mut admin = nord.db().await;
    let rows = fill(&mut admin, nord.org.uuid(), nord.main.id.uuid()).await;
    let (all, before) = (tables(&mut admin).await, fingerprints(&mut admin).await);
    let mut db = connect(&app.database().app_url).await;
    let nobody = Uuid::from_u128(rand::random());
    let contexts = [
        ("select 1".to_owned(), "as gantry_app"),
        (TENANT.to_owned(), "unset"),
        (format!("{TENANT}; set local app.org_id = ''"), "empty"),
        (format!("{TENANT}; set local app.org_id = 'garbage'"), "garbage"),
        (format!("{TENANT}; set local app.org_id = '{nobody}'"), "unknown"),
    ];
    for table in &all {
        for (statement, row) in verbs(table, &rows) {
            for (setup, context) in &contexts {
                let outcome = attempt(&mut db, setup, &statement, row.as_ref()).await;
                let nothing = match &outcome {
                    Outcome::Rows(count) => *count == 0,
                    Outcome::Refused(code) => code == "42501" || (*context == "garbage" && code == "22P02"),
                };
                assert!(nothing, "{context}: {statement}: {outcome:?}");
            }
        }
    }
    assert_eq!(fingerprints(&mut admin).await, before);
}

/// Written by triggers only.
const DERIVED: &[&str] = &["invoice_balances"];

/// The teeth of the law above: with the organization, the same statements find and add rows.
#[tokio::test(flavor = "multi_thread")]
async fn with_the_organization_the_same_statements_work() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let mut admin = nord.db().await;
    let rows = fill(&mut admin, nord.org.uuid(), nord.main.id.uuid()).await;
    let mut db = connect(&app.database().app_url).await;
    let setup = format!("{TENANT}; set local app.org_id = '{}'", nord.org.uuid());
    for table in tables(&mut admin).await {
        let [(read, _), (add, row), ..] = verbs(&table, &rows);
        let found = attempt(&mut db, &setup, &read, None).await;
        assert!(matches!(found, Outcome::Rows(1..)), "{}: {found:?}", table.name);
        let added = attempt(&mut db, &setup, &add, row.as_ref()).await;
        // A key made of references alone is taken already, and guards may want a story; the organization is no obstacle.
        let works = match &added {
            Outcome::Rows(count) => *count == 1,
            Outcome::Refused(code) => code != "42501" || DERIVED.contains(&table.name.as_str()),
        };
        assert!(works, "{}: {added:?}", table.name);
    }
}
