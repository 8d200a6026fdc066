//! Everything in one file: what is in it, how it is written, who gets it, and that it is logged.
mod examples;

use crate::kit::bulk::{self, Size};
use crate::kit::{Answer, TestApp, Workshop};
use gantry::server::db::data_export::LEFT_OUT;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// The files of a download.
fn files(answer: &Answer) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(answer.body.clone())).expect("a ZIP");
    (0..zip.len())
        .map(|at| {
            let mut file = zip.by_index(at).expect("a file");
            let mut text = String::new();
            file.read_to_string(&mut text).expect("UTF-8");
            (file.name().expect("a name").into_owned(), text)
        })
        .collect()
}

/// Rows by the names of their columns.
fn rows(csv: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

async fn taken(nord: &Workshop) -> BTreeMap<String, String> {
    let answer = nord
        .owner()
        .await
        .post("/settings/data/download", &[])
        .await
        .must(200);
    assert_eq!(answer.header("content-type"), "application/zip");
    assert_eq!(
        answer.header("content-disposition"),
        "attachment; filename=\"gantry-nord-2026-03-02.zip\""
    );
    assert_eq!(answer.header("content-length"), answer.body.len().to_string());
    files(&answer)
}

async fn tables(nord: &Workshop) -> Vec<String> {
    sqlx::query_scalar(
        "select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname <> '_sqlx_migrations' order by 1",
    )
    .fetch_all(&mut nord.db().await)
    .await
    .expect("tables")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_is_in_it_with_exactly_the_workshops_own_rows() {
    let app = TestApp::new().await;
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    bulk::fill(&nord, Size::PAGES).await;
    sued.owner()
        .await
        .make_customer(&[("name", "Canary of Sued")])
        .await;
    let mut db = nord.db().await;
    sqlx::raw_sql("create table leaflets (org_id uuid not null default app.current_org(), id int not null, title text, primary key (org_id, id)); call app.tenant_table('leaflets');
                   insert into leaflets (id, title) values (1, 'New')")
        .execute(&mut db)
        .await
        .expect("a table that came today");
    let files = taken(&nord).await;
    let schema: Value = serde_json::from_str(&files["schema.json"]).expect("JSON");
    let described = schema["tables"].as_array().expect("tables");
    let mut total = 0;
    for table in tables(&nord).await {
        let left_out = LEFT_OUT.iter().any(|(name, _)| *name == table);
        let file = files.get(&format!("{table}.csv"));
        assert_eq!(file.is_none(), left_out, "{table}");
        let Some(file) = file else { continue };
        let query = format!("select count(*) from {table} where org_id = $1");
        let count: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(query))
            .bind(nord.org.uuid())
            .fetch_one(&mut db)
            .await
            .expect("a count");
        // The trail tells of this download itself, and so does the log.
        let own_rows = i64::from(["audit_events", "export_events"].contains(&table.as_str()));
        assert_eq!(
            i64::try_from(rows(file).len()).expect("few"),
            count - own_rows,
            "{table}"
        );
        let described = described
            .iter()
            .find(|other| other["name"] == *table)
            .expect("a description");
        assert_eq!(described["rows"], count - own_rows, "{table}");
        assert!(
            files["README.txt"].contains(&format!("\n{table}.csv\n")),
            "{table}"
        );
        total += count - own_rows;
    }
    assert!(files["leaflets.csv"].contains("New"));
    assert!(total > 500 && !files.values().any(|text| text.contains("Canary of Sued")));
    assert!(files["README.txt"].contains("idempotency_keys"));
    let log = nord.owner().await.get("/trail/exports").await.must(200);
    assert!(log.shows("everything, as tables") && log.shows(&total.to_string()));
}

#[tokio::test(flavor = "multi_thread")]
async fn amounts_are_decimals_moments_are_utc_and_no_text_runs_in_a_spreadsheet() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    let evil = "=HYPERLINK(\"http://evil.test\";\"Ada\"),\r\nsecond line";
    sqlx::query("insert into customers (id, kind, name, notes, phone, home_branch_id, created_at, updated_at) values (gen_random_uuid(), 'person', '@Ada', $1, '+49 30', $2, $3, $3)")
        .bind(evil)
        .bind(nord.main.id.uuid())
        .bind(app.now())
        .execute(&mut nord.db().await)
        .await
        .expect("a customer");
    let posted = owner.make_invoice(nord.db_ready_order().await).await;
    owner.pay(posted, &[]).await.must(303);
    let files = taken(&nord).await;
    let customers = rows(&files["customers.csv"]);
    let ada = customers
        .iter()
        .find(|row| row["name"] == "'@Ada")
        .expect("the customer");
    assert_eq!(
        ada["notes"],
        format!("'{evil}"),
        "commas, quotes and line ends survive"
    );
    assert_eq!(
        (&*ada["phone"], &*ada["created_at"]),
        ("'+49 30", "2026-03-02T09:00:00.000000Z")
    );
    assert!(files["customers.csv"].lines().count() > 1 && files["customers.csv"].contains("\r\n"));
    let invoice = &rows(&files["invoices.csv"])[0];
    assert_eq!(
        invoice["net"].split_once('.').map(|(_, digits)| digits.len()),
        Some(2)
    );
    assert!(!invoice.contains_key("net_minor"));
    let payment = &rows(&files["payments.csv"])[0];
    assert_eq!((&*payment["amount"], &*invoice["total"]), ("10.00", "119.00"));
}

/// A yen has no smaller coin.
#[tokio::test(flavor = "multi_thread")]
async fn amounts_have_the_digits_of_their_currency() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    sqlx::query("update organization_settings set currency = 'JPY' where org_id = $1")
        .bind(nord.org.uuid())
        .execute(&mut nord.db().await)
        .await
        .expect("a currency");
    nord.db_ready_order().await;
    let files = taken(&nord).await;
    let order = &rows(&files["work_orders.csv"])[0];
    assert!(
        !order["total"].is_empty() && !order["total"].contains('.'),
        "{}",
        order["total"]
    );
    assert!(files["README.txt"].contains("Currency: JPY"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_but_an_owner_takes_everything_along_also_with_another_role_of_the_workshops_own() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    for actor in [
        nord.manager().await,
        nord.accountant().await,
        nord.technician("tomas").await,
    ] {
        actor.get("/settings/data").await.must(403);
        actor.post("/settings/data/download", &[]).await.must(403);
    }
    // A departure that gives it is none: the right is fixed.
    sqlx::query("insert into role_rights (role, right_name, granted) values ('manager', 'TakeData', true)")
        .execute(&mut nord.db().await)
        .await
        .expect("a right");
    nord.manager()
        .await
        .post("/settings/data/download", &[])
        .await
        .must(403);
    let asked = nord.owner().await.get("/settings/data").await.must(200);
    assert!(asked.shows("Download everything"));
}

/// A column whose name says that it opens something belongs into schema auth; until then it must not be taken along.
#[tokio::test(flavor = "multi_thread")]
async fn no_column_that_is_taken_along_opens_anything() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let secrets: Vec<String> = sqlx::query_scalar(
        "select c.relname || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relname = any ($1)
            and a.attname ~ '(^|_)(hash|secret|sealed|token|cipher|ciphertext|pin|password|passcode|seed)(_|$)'",
    )
    .bind(LEFT_OUT.iter().map(|(name, _)| *name).collect::<Vec<_>>())
    .fetch_all(&mut nord.db().await)
    .await
    .expect("columns");
    assert!(secrets.is_empty(), "{secrets:?}");
}
