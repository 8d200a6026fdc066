//! The chain: whoever changes the trail behind the product's back is found out, and nobody does so through it.
use crate::kit::{TestApp, Workshop, connect};
use futures::future::join_all;
use gantry::server::audit_chain::{self, Head};
use sqlx::{AssertSqlSafe, Executor, PgConnection};
use std::time::{Duration, Instant};
use uuid::Uuid;

async fn run(db: &mut PgConnection, statements: &str) {
    let done = db
        .execute(sqlx::raw_sql(AssertSqlSafe(statements.to_owned())))
        .await;
    done.unwrap_or_else(|error| panic!("{statements}: {error}"));
}

/// As somebody who may do everything and stops at nothing.
async fn behind_the_back(db: &mut PgConnection, statement: &str) {
    let statements = format!(
        "begin; alter table audit_events disable trigger all; alter table auth.audit_chain disable trigger all;
         alter table auth.audit_heads disable trigger all; {statement};
         alter table audit_events enable always trigger audit_events_chain;
         alter table audit_events enable always trigger audit_events_append_only;
         alter table audit_events enable always trigger audit_events_no_truncate; commit"
    );
    run(db, &statements).await;
}

async fn breaks(app: &TestApp, kept: &[Head]) -> Vec<String> {
    let report = audit_chain::verify(&app.database().owner_url, kept)
        .await
        .expect("a report");
    report.breaks.iter().map(ToString::to_string).collect()
}

async fn tell(nord: &Workshop, rows: i32) {
    sqlx::query(
        "insert into audit_events (id, at, member_name, action, entity, entity_id, summary, detail, request_id)
         select gen_random_uuid(), $2 + make_interval(secs => i), 'nobody', 'test.told', 'customer', gen_random_uuid(),
                'Told number ' || i || ', with some words more', jsonb_build_object('before', i, 'after', i + 1), 'r' || i
           from generate_series(1, $1) i",
    )
    .bind(rows)
    .bind(nord.app().now())
    .execute(&mut nord.db().await)
    .await
    .expect("rows");
}

async fn event(db: &mut PgConnection, org: Uuid, seq: i64) -> Uuid {
    sqlx::query_scalar("select event_id from auth.audit_chain where org_id = $1 and seq = $2")
        .bind(org)
        .bind(seq)
        .fetch_one(db)
        .await
        .expect("a link")
}

#[tokio::test(flavor = "multi_thread")]
async fn among_a_hundred_thousand_rows_the_one_that_was_tampered_with_is_named() {
    const ROWS: i64 = 100_000;
    let app = TestApp::new().await;
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    let started = Instant::now();
    tell(&nord, 100_000).await;
    println!("{ROWS} rows chained in {:?}", started.elapsed());
    tell(&sued, 10).await;
    let mut admin = app.db_admin().await;
    run(&mut admin, "analyze").await;
    let started = Instant::now();
    let report = audit_chain::verify(&app.database().owner_url, &[])
        .await
        .expect("a report");
    println!("verified in {:?}", started.elapsed());
    assert!(
        started.elapsed() < Duration::from_secs(10),
        "{:?}",
        started.elapsed()
    );
    assert_eq!((report.breaks, report.rows), (vec![], ROWS + 10));
    let org = nord.org.uuid();
    for _ in 0..3 {
        let seq = rand::random_range(2..ROWS - 1);
        let (one, next) = (
            event(&mut admin, org, seq).await,
            event(&mut admin, org, seq + 1).await,
        );
        let (row, link) = (
            format!("row {seq} "),
            format!("where org_id = '{org}' and seq = {seq}"),
        );
        let swap = format!(
            "update auth.audit_chain set event_id = case seq when {seq} then '{next}'::uuid else '{one}'::uuid end
              where org_id = '{org}' and seq in ({seq}, {seq} + 1)"
        );
        let swapped_back = swap.replace(
            &format!("'{next}'::uuid else '{one}'"),
            &format!("'{one}'::uuid else '{next}'"),
        );
        let summaries = format!(
            "update audit_events e set summary = o.summary, request_id = o.request_id, detail = o.detail from audit_events o
              where e.id in ('{one}', '{next}') and o.id in ('{one}', '{next}') and e.id <> o.id"
        );
        let after = format!("row {} ", seq + 1);
        for (statement, undone, named) in [
            (
                format!("update audit_events set summary = summary || '.' where id = '{one}'"),
                format!("update audit_events set summary = rtrim(summary, '.') where id = '{one}'"),
                &row,
            ),
            (
                format!("create table kept as select * from audit_events where id = '{one}'; delete from audit_events where id = '{one}'"),
                "insert into audit_events select * from kept; drop table kept".to_owned(),
                &row,
            ),
            (swap, swapped_back, &row),
            (summaries.clone(), summaries, &row),
            (
                format!("create table kept as select * from auth.audit_chain {link}; delete from auth.audit_chain {link}"),
                "insert into auth.audit_chain select * from kept; drop table kept".to_owned(),
                &after,
            ),
            (
                format!("create table kept as select * from auth.audit_chain where org_id = '{org}' and seq > {seq};
                         delete from auth.audit_chain where org_id = '{org}' and seq > {seq}"),
                "insert into auth.audit_chain select * from kept; drop table kept".to_owned(),
                &row,
            ),
        ] {
            behind_the_back(&mut admin, &statement).await;
            let found = breaks(&app, &[]).await;
            assert!(found.len() == 1 && found[0].contains(named.as_str()), "{statement}: {found:?}");
            assert!(found[0].contains(&org.to_string()));
            behind_the_back(&mut admin, &undone).await;
        }
        assert_eq!(breaks(&app, &[]).await, Vec::<String>::new());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_slipped_in_beside_the_chain_is_named() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    tell(&nord, 5).await;
    let mut admin = app.db_admin().await;
    let id = Uuid::from_u128(rand::random());
    let slipped = format!(
        "insert into audit_events (org_id, id, at, member_name, action, entity, entity_id, summary)
         values ('{}', '{id}', now(), 'nobody', 'test.told', 'customer', '{id}', 'Never happened')",
        nord.org.uuid()
    );
    behind_the_back(&mut admin, &slipped).await;
    let found = breaks(&app, &[]).await;
    assert!(
        found.len() == 1 && found[0].contains(&id.to_string()) && found[0].contains("slipped in"),
        "{found:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_column_is_in_the_chain() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    nord.owner().await.make_customer(&[]).await;
    tell(&nord, 3).await;
    let mut admin = app.db_admin().await;
    let columns: Vec<(String, String)> = sqlx::query_as(
        "select attname::text, format_type(atttypid, null) from pg_attribute
          where attrelid = 'audit_events'::regclass and attnum > 0 and not attisdropped",
    )
    .fetch_all(&mut admin)
    .await
    .expect("columns");
    assert!(columns.len() >= 13, "{columns:?}");
    for (column, kind) in columns {
        let other = match kind.as_str() {
            "uuid" => "gen_random_uuid()".to_owned(),
            "timestamp with time zone" => format!("{column} + interval '1 microsecond'"),
            "jsonb" => "'{\"a\": null}'::jsonb".to_owned(),
            "text" => format!("{column} || ' '"),
            other => panic!("no other value for {column} of type {other}"),
        };
        let row = "(select id from audit_events order by at, id limit 1)";
        let statement = format!(
            "create table kept as select * from audit_events; update audit_events set {column} = {other} where id = {row}"
        );
        behind_the_back(&mut admin, &statement).await;
        assert_eq!(breaks(&app, &[]).await.len(), 1, "{column}");
        let undone = "delete from audit_events; insert into audit_events select * from kept; drop table kept";
        behind_the_back(&mut admin, undone).await;
        assert_eq!(breaks(&app, &[]).await, Vec::<String>::new(), "{column}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chain_made_anew_is_found_out_by_the_head_that_was_kept_outside() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    tell(&nord, 5).await;
    let kept = audit_chain::heads(&app.database().owner_url)
        .await
        .expect("heads");
    let lines: Vec<String> = kept.iter().map(ToString::to_string).collect();
    let read: Vec<Head> = lines.iter().filter_map(|line| Head::parse(line)).collect();
    assert_eq!(read, kept);
    assert_eq!(kept[0].seq, 5);
    assert_eq!(Head::parse("nothing"), None);
    tell(&nord, 2).await;
    assert_eq!(
        breaks(&app, &kept).await,
        Vec::<String>::new(),
        "a chain may grow"
    );
    let mut admin = app.db_admin().await;
    let anew = "create table kept as select * from audit_events; delete from audit_events; delete from auth.audit_chain;
         delete from auth.audit_heads; update kept set summary = 'Nothing happened' where request_id = 'r3';
         alter table audit_events enable always trigger audit_events_chain; insert into audit_events select * from kept; drop table kept";
    behind_the_back(&mut admin, anew).await;
    assert_eq!(breaks(&app, &[]).await, Vec::<String>::new(), "it holds together");
    let found = breaks(&app, &kept).await;
    assert!(found.len() == 1 && found[0].contains("made anew"), "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn sixteen_writers_at_once_make_one_chain_and_never_wait_for_each_other_in_a_circle() {
    let app = TestApp::in_real_time().await;
    let nord = app.workshop("nord").await;
    let (rita, mona) = (nord.receptionist().await, nord.manager().await);
    let ada = rita.make_customer(&[]).await;
    let mut known = Vec::new();
    for i in 0..8 {
        known.push(
            rita.make_vehicle(ada, &[("plate", &format!("B-K {i}"))])
                .await
                .to_string(),
        );
    }
    // One tells of a new customer and then takes a number; the other takes a number and then tells of the order.
    let arrivals = (0..16).map(|i| {
        let (rita, mona, vehicle) = (rita.clone(), mona.clone(), known[i / 2].clone());
        async move {
            let (plate, name) = (format!("B-N {i}"), format!("Customer {i}"));
            let answer = if i % 2 == 0 {
                rita.check_in(&[("plate", &plate), ("name", &name)]).await
            } else {
                mona.check_in(&[("vehicle", &vehicle), ("plate", ""), ("name", "")])
                    .await
            };
            answer.must(303);
        }
    });
    join_all(arrivals).await;
    assert_eq!(breaks(&app, &[]).await, Vec::<String>::new());
    let mut admin = app.db_admin().await;
    let forks: i64 = sqlx::query_scalar("select count(*) - count(distinct event_id) from auth.audit_chain")
        .fetch_one(&mut admin)
        .await
        .expect("a count");
    assert_eq!(forks, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_alters_the_trail_its_chain_its_heads_or_the_sign_ins_and_a_replica_chains_too() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    nord.owner().await.make_customer(&[]).await;
    let org = nord.org.uuid();
    let tables = [
        "audit_events",
        "auth.audit_chain",
        "auth.audit_heads",
        "auth.sign_ins",
    ];
    let enter = format!(
        "begin; set local role gantry_tenant; set local app.branches = 'all'; set local app.org_id = '{org}'"
    );
    let mut tenant = connect(&app.database().app_url).await;
    let mut replica = app.db_in(nord.org).await;
    run(&mut replica, "set session_replication_role = replica").await;
    for table in tables {
        for statement in [
            format!("update {table} set org_id = org_id"),
            format!("delete from {table}"),
            format!("truncate {table}"),
        ] {
            run(&mut tenant, &enter).await;
            let refused = tenant
                .execute(sqlx::raw_sql(AssertSqlSafe(statement.clone())))
                .await;
            assert_eq!(code(refused), "42501", "{statement}");
            run(&mut tenant, "rollback").await;
            let refused = replica
                .execute(sqlx::raw_sql(AssertSqlSafe(statement.clone())))
                .await;
            assert_eq!(code(refused), "GA001", "{statement}");
        }
    }
    for statement in [
        "insert into auth.audit_chain values (app.current_org(), 99, gen_random_uuid(), sha256(''))",
        "insert into auth.audit_heads values (app.current_org(), 99, sha256(''))",
        "select * from auth.audit_chain",
        "select * from auth.sign_ins",
    ] {
        run(&mut tenant, &enter).await;
        let refused = tenant.execute(sqlx::raw_sql(statement)).await;
        assert_eq!(code(refused), "42501", "{statement}");
        run(&mut tenant, "rollback").await;
    }
    let before = audit_chain::heads(&app.database().owner_url)
        .await
        .expect("heads");
    run(
        &mut replica,
        "insert into audit_events (id, at, member_name, action, entity, entity_id, summary)
         values (gen_random_uuid(), now(), 'nobody', 'test.told', 'customer', gen_random_uuid(), 'Replicated')",
    )
    .await;
    let after = audit_chain::heads(&app.database().owner_url)
        .await
        .expect("heads");
    assert_eq!(after[0].seq, before[0].seq + 1);
    assert_eq!(breaks(&app, &[]).await, Vec::<String>::new());
}

fn code<T>(result: Result<T, sqlx::Error>) -> String {
    match result {
        Err(sqlx::Error::Database(error)) => error.code().unwrap_or_default().into_owned(),
        Err(error) => error.to_string(),
        Ok(_) => "it worked".to_owned(),
    }
}
