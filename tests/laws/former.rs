//! A database of the former schema comes to the baseline once, with all that workshops wrote: here the demo of the last release before it.
use crate::kit::cluster::Database;
use crate::kit::connect;
use gantry::app::migrate;
use gantry::server::audit_chain;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::process::Command;
use uuid::Uuid;

/// `pg_dump --inserts` of what that release's `gantry seed` made, at migration 0288.
const DEMO: &[u8] = include_bytes!("former_0288.zip");

async fn run(db: &mut PgConnection, statements: &str) {
    let done = db
        .execute(sqlx::raw_sql(AssertSqlSafe(statements.to_owned())))
        .await;
    done.expect("statements");
}

pub(super) async fn restored() -> Database {
    let mut zip = zip::ZipArchive::new(Cursor::new(DEMO)).expect("a ZIP");
    let mut dump = String::new();
    let mut file = zip.by_index(0).expect("a file");
    file.read_to_string(&mut dump).expect("UTF-8");
    let database = Database::empty().await;
    let mut admin = connect(&database.admin_url).await;
    run(&mut admin, &dump).await;
    admin.close().await.expect("an end");
    database
}

/// On to 0361, as the programs in between did it.
async fn at_0361() -> Database {
    let database = restored().await;
    let mut owner = connect(&database.owner_url).await;
    run(&mut owner, include_str!("../../migrations/former/after_0288.sql")).await;
    let released = include_str!("../../migrations/former/released.txt");
    let later = released
        .lines()
        .filter(|line| ("0289".."0362").contains(&&line[..4]));
    let rows: Vec<_> = later
        .filter_map(|line| line.split_once(' '))
        .map(|(version, hash)| format!("({version}, '', true, decode('{hash}', 'hex'), 0)"))
        .collect();
    let rows = format!(
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time) values {}",
        rows.join(", ")
    );
    run(&mut owner, &rows).await;
    database
}

/// How many rows each table has and what they hold, over these columns.
pub(super) type Figures = BTreeMap<String, (i64, String)>;
pub(super) type Columns = BTreeMap<String, String>;

/// The switch that became a right ([`whose_technicians_saw_all_orders_see_them_still`]), and when a mail was due before there was a queue.
const GONE: [&str; 2] = ["t.technicians_see_all, ", "t.due_at, t.leased_until, "];

pub(super) async fn columns(admin: &mut PgConnection) -> Columns {
    let query = "select c.oid::regclass::text, string_agg(format('t.%I', a.attname), ', ' order by a.attnum)
                   from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                  where c.relnamespace in ('public'::regnamespace, 'app'::regnamespace, 'auth'::regnamespace, 'search'::regnamespace)
                    and c.relkind = 'r' and c.relname <> '_sqlx_migrations' group by c.oid";
    let rows = admin.fetch_all(query).await.expect("tables");
    let columns = rows.iter().map(|row| (row.get(0), row.get(1)));
    columns
        .map(|(table, columns): (String, String)| {
            let kept = GONE
                .iter()
                .fold(columns, |columns, gone| columns.replace(gone, ""));
            (table, kept)
        })
        .collect()
}

pub(super) async fn figures(admin: &mut PgConnection, columns: &Columns) -> Figures {
    let mut figures = Figures::new();
    for (table, columns) in columns {
        let query = format!(
            "select count(*), md5(coalesce(string_agg(r, '|' order by r), '')) from (select row({columns})::text r from {table} t) x"
        );
        let row = sqlx::query(AssertSqlSafe(query)).fetch_one(&mut *admin).await;
        let row = row.unwrap_or_else(|error| panic!("{table}: {error}"));
        figures.insert(table.clone(), (row.get(0), row.get(1)));
    }
    figures
}

/// The schema as pg_dump writes it, object by object, whatever order they were made in.
async fn schema(database: &Database) -> Vec<String> {
    let mut admin = connect(&database.admin_url).await;
    let programs: String = sqlx::query_scalar("select setting from pg_config where name = 'BINDIR'")
        .fetch_one(&mut admin)
        .await
        .expect("a directory");
    let output = Command::new(format!("{programs}/pg_dump"))
        .args(["--schema-only", "--dbname", &database.admin_url])
        .output()
        .expect("pg_dump runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let mut objects: Vec<_> = text
        .split("\n--\n-- Name: ")
        .skip(1)
        .map(|object| match object.split_once("; Type: ACL;") {
            // Rights of one object, in whatever order they were given.
            Some((name, rights)) => {
                let mut rights: Vec<_> = rights.lines().filter(|line| !line.is_empty()).collect();
                rights.sort_unstable();
                format!("{name}: {}", rights.join("\n"))
            }
            None => object.trim_end().to_owned(),
        })
        .map(|object| {
            object
                .split("\\unrestrict")
                .next()
                .unwrap_or_default()
                .trim_end()
                .to_owned()
        })
        .collect();
    objects.sort_unstable();
    objects
}

async fn sound(owner_url: &str) {
    let report = gantry::app::verify_invariants(owner_url).await.expect("a report");
    assert!(
        report.organizations >= 2 && report.breaches.is_empty(),
        "{:#?}",
        report.breaches
    );
    let report = audit_chain::verify(owner_url, &[]).await.expect("a report");
    assert!(report.rows > 0 && report.breaks.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_former_database_becomes_this_one_and_loses_nothing() {
    let empty = Database::empty().await;
    migrate(&empty.owner_url).await.expect("the schema");
    let fresh = schema(&empty).await;
    assert!(
        fresh.len() > 500
            && fresh
                .iter()
                .any(|object| object.starts_with("notes; Type: TABLE"))
    );
    for database in [restored().await, at_0361().await] {
        let mut admin = connect(&database.admin_url).await;
        let there = columns(&mut admin).await;
        let before = figures(&mut admin, &there).await;
        assert!(
            before["work_orders"].0 > 20 && before["auth.audit_chain"].0 > 100,
            "{before:#?}"
        );
        let heads = audit_chain::heads(&database.owner_url).await.expect("heads");

        migrate(&database.owner_url).await.expect("the baseline");

        assert_eq!(figures(&mut admin, &there).await, before);
        assert_eq!(
            audit_chain::heads(&database.owner_url).await.expect("heads"),
            heads
        );
        let carried = schema(&database).await;
        let other: Vec<_> = carried.iter().filter(|object| !fresh.contains(object)).collect();
        let missing: Vec<_> = fresh.iter().filter(|object| !carried.contains(object)).collect();
        assert!(
            other.is_empty() && missing.is_empty(),
            "{other:#?} instead of {missing:#?}"
        );
        sound(&database.owner_url).await;
        // Once: from here on it is a database like any other.
        let applied = "select max(applied_at)::text from app.schema_files";
        let first: String = sqlx::query_scalar(applied)
            .fetch_one(&mut admin)
            .await
            .expect("a time");
        migrate(&database.owner_url).await.expect("nothing");
        let second: String = sqlx::query_scalar(applied)
            .fetch_one(&mut admin)
            .await
            .expect("a time");
        assert_eq!(first, second);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_technicians_saw_all_orders_see_them_still() {
    let database = restored().await;
    let mut admin = connect(&database.admin_url).await;
    let open: Uuid = sqlx::query_scalar("select id from auth.organizations order by id limit 1")
        .fetch_one(&mut admin)
        .await
        .expect("a workshop");
    let roles = [("Foreman", "technician"), ("Buyer", "accountant")].map(|(name, base)| {
        format!(
            "insert into custom_roles (org_id, id, name, base_role, created_at)
             select id, gen_random_uuid(), '{name}', '{base}', now() from auth.organizations;"
        )
    });
    let switch = format!("update organization_settings set technicians_see_all = (org_id = '{open}');");
    run(&mut admin, &format!("{switch} {}", roles.concat())).await;

    migrate(&database.owner_url).await.expect("the baseline");

    let rights: Vec<(Uuid, String, bool, bool)> = sqlx::query_as(
        "select org_id, role, custom_role_id is not null, granted from role_rights where right_name = 'ViewAllOrders' order by 3",
    )
    .fetch_all(&mut admin)
    .await
    .expect("rights");
    let technician = || "technician".to_owned();
    assert_eq!(
        rights,
        [
            (open, technician(), false, true),
            (open, technician(), true, true)
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_no_release_left_is_refused_as_it_is() {
    let database = restored().await;
    let mut admin = connect(&database.admin_url).await;
    let there = columns(&mut admin).await;
    let before = figures(&mut admin, &there).await;
    for (statement, words) in [
        (
            "delete from _sqlx_migrations where version = 150",
            "was not made by a released Gantry",
        ),
        (
            "update _sqlx_migrations set checksum = '\\x00' where version = 7",
            "was not made by a released Gantry",
        ),
        (
            "insert into _sqlx_migrations values (305, 'half', now(), true, '\\x00', 1)",
            "its migrations end at 0305, and only those up to 0288 or 0361 or 0373",
        ),
        (
            "update _sqlx_migrations set success = false where version = 288",
            "Migration 0288 of this database stopped half way",
        ),
    ] {
        let mut tx = admin.begin().await.expect("a transaction");
        run(
            &mut tx,
            &format!("create table if not exists kept as table _sqlx_migrations; {statement}"),
        )
        .await;
        tx.commit().await.expect("the statement");
        let refusal = migrate(&database.owner_url)
            .await
            .expect_err(statement)
            .to_string();
        assert!(refusal.contains(words), "{refusal}");
        run(
            &mut admin,
            "delete from _sqlx_migrations; insert into _sqlx_migrations table kept",
        )
        .await;
    }
    assert_eq!(figures(&mut admin, &there).await, before);
    assert!(
        schema(&database)
            .await
            .iter()
            .all(|object| !object.contains("schema_files"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_function_comes_back_with_the_next_start() {
    let database = Database::create().await;
    let mut admin = connect(&database.admin_url).await;
    let fresh = schema(&database).await;
    // As a program before this one left it.
    run(
        &mut admin,
        "create or replace function app.asset_mark(plate text, serial text) returns text language sql immutable parallel safe as 'select plate';
         update app.schema_files set checksum = sha256('') where name = 'functions/customers_and_assets.sql';
         insert into app.schema_files values ('functions/attic.sql', sha256(''))",
    )
    .await;
    assert_ne!(schema(&database).await, fresh);
    migrate(&database.owner_url).await.expect("the functions");
    assert_eq!(schema(&database).await, fresh);
    let left: i64 =
        sqlx::query_scalar("select count(*) from app.schema_files where name = 'functions/attic.sql'")
            .fetch_one(&mut admin)
            .await
            .expect("a number");
    assert_eq!(left, 0);
}
