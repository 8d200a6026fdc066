//! Two organizations in one database: no row of one ever refers to, finds or touches a row of the other.
use crate::kit::rows::{ForeignKey, Rows, Table, alongside, fill, fingerprints, tables};
use crate::kit::{TestApp, connect};
use serde_json::{Map, Value};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use uuid::Uuid;

/// The ways the database may say no: the reference, or a policy.
const REFUSALS: &[&str] = &["23503", "42501"];

async fn enter(db: &mut PgConnection, org: Uuid) {
    let setup = format!(
        "set local role gantry_tenant; set local app.branches = 'all'; set local app.org_id = '{org}'"
    );
    db.execute(sqlx::raw_sql(AssertSqlSafe(setup)))
        .await
        .expect("an organization");
}

/// How a statement of `org` ended, taken back in any case: rows, or the code of a refusal.
async fn run(
    db: &mut PgConnection,
    setup: &str,
    org: Uuid,
    statement: &str,
    row: Option<Value>,
) -> Result<u64, String> {
    let mut tx = db.begin().await.expect("a transaction");
    tx.execute(sqlx::raw_sql(AssertSqlSafe(setup)))
        .await
        .expect("a setup");
    enter(&mut tx, org).await;
    let mut query = sqlx::query(AssertSqlSafe(statement));
    if let Some(row) = row {
        query = query.bind(row);
    }
    let outcome = match query.execute(&mut *tx).await {
        Ok(done) => Ok(done.rows_affected()),
        Err(sqlx::Error::Database(error)) => Err(error.code().unwrap_or_default().into_owned()),
        Err(error) => panic!("{statement}: {error}"),
    };
    tx.rollback().await.expect("a rollback");
    outcome
}

/// For a superuser: switches off what else might refuse a row, so that nothing but its references is left to do it.
fn references_alone(table: &Table, org: Uuid) -> String {
    let name = &table.name;
    let unguarded = format!("alter table public.{name} disable trigger user");
    if table.is_keyed_by_references() {
        format!("{unguarded}; delete from public.{name} where org_id = '{org}'")
    } else {
        unguarded
    }
}

/// `row` with its reference `key` leading to `parent`.
fn pointing(
    table: &Table,
    key: &ForeignKey,
    row: &Map<String, Value>,
    parent: &Map<String, Value>,
) -> Map<String, Value> {
    let mut row = row.clone();
    for (column, value) in alongside(table, &key.columns) {
        row.insert(column.to_owned(), value.into());
    }
    for (column, target) in key.columns.iter().zip(&key.parent_columns) {
        if column != "org_id" {
            row.insert(column.clone(), parent[target].clone());
        }
    }
    row
}

struct TwoOrganizations {
    db: PgConnection,
    admin: PgConnection,
    tables: Vec<Table>,
    ours: (Uuid, Rows),
    theirs: (Uuid, Rows),
    _app: TestApp,
}

async fn two_organizations() -> TwoOrganizations {
    let app = TestApp::new().await;
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    let ours = fill(&mut nord.db().await, nord.org.uuid(), nord.main.id.uuid()).await;
    let theirs = fill(&mut sued.db().await, sued.org.uuid(), sued.main.id.uuid()).await;
    let mut admin = app.db_admin().await;
    TwoOrganizations {
        db: connect(&app.database().app_url).await,
        tables: tables(&mut admin).await,
        admin,
        ours: (nord.org.uuid(), ours),
        theirs: (sued.org.uuid(), theirs),
        _app: app,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_row_refers_to_a_row_of_another_organization() {
    let mut two = two_organizations().await;
    let mut references = 0;
    for table in &two.tables {
        for key in table.tenant_keys() {
            let template = table.with_new_keys(&two.ours.1[&table.name]);
            let foreign = pointing(table, key, &template, &two.theirs.1[&key.parent]);
            let (setup, add) = (references_alone(table, two.ours.0), table.insert_json());
            let outcome = run(&mut two.admin, &setup, two.ours.0, &add, Some(foreign.into())).await;
            let refused = outcome
                .as_ref()
                .is_err_and(|code| REFUSALS.contains(&code.as_str()));
            assert!(refused, "{} of {}: {outcome:?}", key.name, table.name);
            references += 1;
        }
    }
    assert!(references > 40, "only {references} references were found");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_row_is_turned_towards_another_organization() {
    let mut two = two_organizations().await;
    for table in &two.tables {
        for key in table.tenant_keys() {
            let parent = &two.theirs.1[&key.parent];
            let turned = pointing(table, key, &Map::new(), parent);
            let changes: Vec<String> = turned
                .iter()
                .map(|(column, value)| format!("{column} = '{}'", value.as_str().expect("an id")))
                .collect();
            let statement = format!("update public.{} set {}", table.name, changes.join(", "));
            let setup = format!("alter table public.{} disable trigger user", table.name);
            let outcome = run(&mut two.admin, &setup, two.ours.0, &statement, None).await;
            let refused = outcome
                .as_ref()
                .is_err_and(|code| REFUSALS.contains(&code.as_str()));
            assert!(refused, "{statement}: {outcome:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_statement_finds_or_touches_another_organizations_rows() {
    let mut two = two_organizations().await;
    let before = fingerprints(&mut two.admin).await;
    let (us, them) = (two.ours.0, two.theirs.0);
    for table in &two.tables {
        let name = &table.name;
        for statement in [
            format!("select from public.{name} where org_id = '{them}'"),
            format!("update public.{name} set org_id = org_id where org_id = '{them}'"),
            format!("delete from public.{name} where org_id = '{them}'"),
        ] {
            let outcome = run(&mut two.db, "", us, &statement, None).await;
            let nothing = outcome
                .as_ref()
                .map_or_else(|code| code == "42501", |rows| *rows == 0);
            assert!(nothing, "{statement}: {outcome:?}");
        }
        let theirs = table.with_new_keys(&two.theirs.1[name]);
        let planted = run(&mut two.db, "", us, &table.insert_json(), Some(theirs.into())).await;
        assert_eq!(
            planted,
            Err("42501".to_owned()),
            "a row planted in {name} of another organization"
        );
    }
    assert_eq!(fingerprints(&mut two.admin).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_never_changes_its_organization() {
    let mut two = two_organizations().await;
    for table in &two.tables {
        let statement = format!("update public.{} set org_id = '{}'", table.name, two.theirs.0);
        let outcome = run(&mut two.db, "", two.ours.0, &statement, None).await;
        // A policy or a missing right, or a guard of ours that comes first: not a key that happens to be taken.
        let refused = outcome
            .as_ref()
            .is_err_and(|code| code == "42501" || code.starts_with("GA"));
        assert!(refused, "{statement}: {outcome:?}");
    }
}
