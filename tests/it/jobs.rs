//! Background work: in the transaction that causes it, once, fairly, and found again when its server died.
use crate::kit::{Smtp, TestApp, connect};
use chrono::TimeDelta;
use gantry::kernel::OrgId;
use gantry::server::jobs;
use gantry::server::mail::Letter;
use sqlx::{Connection, PgConnection, Row};
use std::time::Duration;

async fn queue_mail(db: &mut PgConnection, app: &TestApp, org: Option<OrgId>, recipient: &str) {
    let letter = Letter::of("Nord", "Your car is ready").say("It is.");
    let mut tx = db.begin().await.expect("a transaction");
    sqlx::query("select set_config('app.org_id', $1, true)")
        .bind(org.map(|org| org.uuid().to_string()).unwrap_or_default())
        .execute(&mut *tx)
        .await
        .expect("an organization");
    sqlx::query("select auth.queue_mail($1, $2, 'Hello', $3, $4)")
        .bind(app.state().clock.new_uuid())
        .bind(recipient)
        .bind(serde_json::to_value(letter).expect("a letter"))
        .bind(app.now())
        .execute(&mut *tx)
        .await
        .expect("a letter");
    tx.commit().await.expect("a commit");
}

/// Puts a job as it stands when the server that did it was killed: taken, and its worker silent for a while.
async fn kill_whoever_does_it(db: &mut PgConnection) {
    for sql in [
        "insert into graphile_worker._private_workers (id, last_heartbeat_at) values ('graphile_worker_dead', now() - interval '5 minutes')",
        "update graphile_worker._private_jobs set locked_by = 'graphile_worker_dead', locked_at = now() - interval '5 minutes', attempts = 1",
        "update graphile_worker._private_job_queues set locked_by = 'graphile_worker_dead', locked_at = now() - interval '5 minutes'",
    ] {
        sqlx::query(sql).execute(&mut *db).await.expect(sql);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn work_of_a_server_that_died_is_done_by_the_next_one_and_once() {
    let smtp = Smtp::start().await;
    let app = TestApp::new().await.with_mail_server(&smtp.url);
    let nord = app.workshop("nord").await;
    let mut db = app.db_admin().await;
    queue_mail(&mut db, &app, Some(nord.org), "ada@nord.test").await;
    kill_whoever_does_it(&mut db).await;
    assert_eq!(app.run_jobs().await, 0, "it is taken");
    jobs::start(app.state().clone());
    for _ in 0..600 {
        if !smtp.caught().is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(smtp.caught().len(), 1, "the next server finds it");
    app.state().events.stop();
    assert_eq!(app.run_jobs().await, 0);
    assert_eq!(smtp.caught().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_workshop_does_not_keep_the_others_waiting() {
    let smtp = Smtp::start().await;
    let app = TestApp::new().await.with_mail_server(&smtp.url);
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    let mut db = app.db_admin().await;
    for n in 0..40 {
        queue_mail(&mut db, &app, Some(nord.org), &format!("person{n}@nord.test")).await;
    }
    queue_mail(&mut db, &app, Some(sued.org), "only@sued.test").await;
    while app.run_jobs().await > 0 {}
    let caught = smtp.caught();
    assert_eq!(caught.len(), 41);
    let place = caught.iter().position(|mail| mail.to == ["only@sued.test"]);
    assert!(place.is_some_and(|place| place < 10), "{place:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn old_form_keys_are_forgotten_workshop_by_workshop_and_young_ones_are_not() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let key = app.state().clock.new_uuid().to_string();
    nord.receptionist()
        .await
        .check_in(&[("key", &key)])
        .await
        .must(303);
    let mut db = app.db_admin().await;
    let keys = "select count(*) from idempotency_keys";
    let count = async |db: &mut PgConnection| -> i64 {
        sqlx::query_scalar(keys).fetch_one(db).await.expect("a count")
    };
    assert_eq!(count(&mut db).await, 1);
    let all = async || {
        let state = app.state();
        gantry::server::db::jobs::queue_for_all::<jobs::ForgetFormKeys>(&state.db)
            .await
            .expect("a place in the queue");
        app.run_jobs().await
    };
    assert_eq!((all().await, count(&mut db).await), (1, 1));
    app.advance(TimeDelta::days(8));
    assert_eq!((all().await, count(&mut db).await), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_watches_reads_how_late_work_is() {
    let app = TestApp::new().await;
    let stands = async || app.visitor().get("/readyz").await.must(200).text().to_owned();
    assert!(stands().await.contains("jobs: 0 waiting, oldest 0 s, 0 given up"));
    let mut db = app.db_admin().await;
    queue_mail(&mut db, &app, None, "ada@nord.test").await;
    sqlx::query("update graphile_worker._private_jobs set run_at = now() - interval '90 seconds'")
        .execute(&mut db)
        .await
        .expect("the queue");
    assert!(
        stands().await.contains("jobs: 1 waiting, oldest 90 s"),
        "{}",
        stands().await
    );
    assert_eq!(app.run_jobs().await, 1);
    assert!(stands().await.contains("jobs: 0 waiting"));
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_that_waits_outside_the_queue_is_queued_when_a_server_starts() {
    let app = TestApp::new().await;
    let mut db = app.db_admin().await;
    for recipient in ["ada@nord.test", "bob@nord.test"] {
        queue_mail(&mut db, &app, None, recipient).await;
    }
    sqlx::query("delete from graphile_worker._private_jobs where id = (select min(id) from graphile_worker._private_jobs)")
        .execute(&mut db)
        .await
        .expect("the queue");
    gantry::app::migrate(&app.database().owner_url)
        .await
        .expect("the schema");
    assert_eq!(app.letters().await.len(), 2);
    let row = sqlx::query("select count(*), sum(attempts) from auth.mails where state = 'sent'")
        .fetch_one(&mut db)
        .await
        .expect("the mail");
    assert_eq!((row.get::<i64, _>(0), row.get::<i64, _>(1)), (2, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_but_the_queues_role_reaches_its_tables() {
    let app = TestApp::new().await;
    let mut db = connect(&app.database().app_url).await;
    for role in ["gantry_app", "gantry_tenant", "gantry_platform"] {
        let mut tx = db.begin().await.expect("a transaction");
        sqlx::query("select set_config('role', $1, true)")
            .bind(role)
            .execute(&mut *tx)
            .await
            .expect("a role");
        let read = sqlx::query("select 1 from graphile_worker._private_jobs").execute(&mut *tx);
        assert!(read.await.is_err(), "{role}");
        tx.rollback().await.expect("a rollback");
    }
}
