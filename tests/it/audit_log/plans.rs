//! The list's statements, as they are shipped, walk an index of their own and stop when the page is full.
use crate::kit::{TestApp, connect};
use serde_json::Value;
use sqlx::{AssertSqlSafe, Executor, Row};
use std::{fs, path::Path};

/// The statements of the activity log, from what the build knows of them.
fn shipped() -> Vec<String> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join(".sqlx");
    let files = fs::read_dir(directory).expect("described queries").flatten();
    let queries = files.filter_map(|file| {
        let json: Value = serde_json::from_str(&fs::read_to_string(file.path()).ok()?).ok()?;
        Some(json["query"].as_str()?.to_owned())
    });
    queries
        .filter(|query| query.contains("from (select * from audit_events e") && query.contains("limit $5) e"))
        .collect()
}

/// Every node of a plan.
fn nodes<'p>(plan: &'p Value, found: &mut Vec<&'p Value>) {
    found.push(plan);
    for child in plan["Plans"].as_array().into_iter().flatten() {
        nodes(child, found);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_filter_of_the_trail_reads_a_range_of_an_index_and_no_more_rows_than_it_shows() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    let ada = owner.make_customer(&[]).await;
    let mut db = nord.db().await;
    for (org, member) in [
        (nord.org.uuid(), owner.member().uuid()),
        (app.workshop("sued").await.org.uuid(), nord.org.uuid()),
    ] {
        sqlx::query(
            "insert into audit_events (org_id, id, at, member_id, member_name, action, entity, entity_id, customer_id, summary)
             select $1, gen_random_uuid(), $2 + make_interval(secs => i), case when i % 50 = 0 then $3 else gen_random_uuid() end, 'x', 'a.b',
                    (array['customer', 'asset', 'invoice', 'payment', 'work_order'])[1 + i % 5], gen_random_uuid(),
                    case when i % 100 = 0 then $4 end, 'Row ' || i from generate_series(1, 20000) i",
        )
        .bind(org)
        .bind(app.now())
        .bind(member)
        .bind(ada.uuid())
        .execute(&mut db)
        .await
        .expect("rows");
    }
    db.execute("analyze").await.expect("statistics");
    let statements = shipped();
    assert_eq!(statements.len(), 5, "one for each index");
    let mut tenant = connect(&app.database().app_url).await;
    for (number, statement) in statements.iter().enumerate() {
        let first = format!("'{}', '{}', '-infinity', '', 51", "2100-01-01", uuid::Uuid::max());
        let person = format!("'{}'", owner.member().uuid());
        let (index, arguments) = if statement.contains("e.customer_id = $6") {
            ("audit_events_customer", format!(", '{}', null, null", ada.uuid()))
        } else if statement.contains("e.entity = $7") {
            ("audit_events_member", format!(", {person}, 'customer'"))
        } else if statement.contains("e.member_id = $6") {
            ("audit_events_member", format!(", {person}"))
        } else if statement.contains("e.entity = $6") {
            ("audit_events_kind", ", 'asset'".to_owned())
        } else {
            ("audit_events_newest", String::new())
        };
        let enter = format!(
            "begin; set local role gantry_tenant; set local app.branches = 'all'; set local app.org_id = '{}'; prepare q{number} as {statement}",
            nord.org.uuid()
        );
        tenant
            .execute(sqlx::raw_sql(AssertSqlSafe(enter)))
            .await
            .expect("a statement");
        let explain = format!("explain (analyze, format json) execute q{number} ({first}{arguments})");
        let row = tenant
            .fetch_one(sqlx::raw_sql(AssertSqlSafe(explain)))
            .await
            .expect("a plan");
        let plan: Value = row.get(0);
        tenant.execute("rollback").await.expect("a rollback");
        let mut all = Vec::new();
        nodes(&plan[0]["Plan"], &mut all);
        let scans: Vec<&&Value> = all
            .iter()
            .filter(|node| node["Relation Name"] == "audit_events")
            .collect();
        assert_eq!(scans.len(), 1, "{plan:#}");
        assert_eq!(scans[0]["Index Name"], index, "{plan:#}");
        let removed = scans[0]["Rows Removed by Filter"].as_f64().unwrap_or_default();
        // A person's events of one kind are a fifth of theirs.
        let allowed = if statement.contains("e.entity = $7") {
            300.0
        } else {
            0.0
        };
        assert!(removed <= allowed, "{removed} rows for nothing: {plan:#}");
        assert!(scans[0]["Actual Rows"].as_f64() <= Some(51.0), "{plan:#}");
    }
}
