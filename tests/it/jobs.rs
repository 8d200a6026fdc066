//! Background work: in the transaction that causes it, once, fairly, and found again when its server died.
use crate::kit::{Smtp, TestApp, connect, site_dir};
use chrono::TimeDelta;
use gantry::kernel::OrgId;
use gantry::server::clock::{Clock, SystemClock};
use gantry::server::jobs;
use gantry::server::mail::Letter;
use sqlx::{Connection, PgConnection, Row};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

async fn queue_mail(db: &mut PgConnection, app: &TestApp, org: Option<OrgId>, recipient: &str) {
    queue(db, &*app.state().clock, org, recipient).await;
}

async fn queue(db: &mut PgConnection, clock: &dyn Clock, org: Option<OrgId>, recipient: &str) {
    let letter = Letter::of("Nord", "Your car is ready").say("It is.");
    let mut tx = db.begin().await.expect("a transaction");
    sqlx::query("select set_config('app.org_id', $1, true)")
        .bind(org.map(|org| org.uuid().to_string()).unwrap_or_default())
        .execute(&mut *tx)
        .await
        .expect("an organization");
    sqlx::query("select auth.queue_mail($1, $2, 'Hello', $3, $4)")
        .bind(clock.new_uuid())
        .bind(recipient)
        .bind(serde_json::to_value(letter).expect("a letter"))
        .bind(clock.now())
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

/// The program itself with its own database, both as processes.
struct Machine {
    home: PathBuf,
    server: Option<Child>,
}

impl Machine {
    fn new() -> Self {
        // In /tmp, which every account can enter, unlike a developer's home.
        let home = PathBuf::from(format!("/tmp/gantry-it-jobs-{}", std::process::id()));
        std::fs::create_dir_all(&home).expect("a directory");
        Self { home, server: None }
    }

    fn start(&mut self, smtp: &Smtp) {
        let log = std::fs::File::create(self.home.join("log")).expect("a log");
        let server = Command::new(env!("CARGO_BIN_EXE_gantry"))
            .args(["serve", "--addr", "127.0.0.1:0", "--site-dir"])
            .arg(site_dir())
            .env_remove("DATABASE_URL")
            .env_remove("DATABASE_OWNER_URL")
            .env("SMTP_URL", &smtp.url)
            .env("GANTRY_DATA_DIR", self.home.join("data"))
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("the same log"))
            .stderr(log)
            .spawn();
        self.server = Some(server.expect("gantry runs"));
    }

    /// SIGKILL: it ends where it stands. Its database stays.
    fn kill(&mut self) {
        if let Some(mut server) = self.server.take() {
            let _ = server.kill();
            let _ = server.wait();
        }
    }

    /// Waits for what the server is about to do.
    async fn until(&mut self, mut holds: impl AsyncFnMut() -> bool) {
        for _ in 0..600 {
            if holds().await {
                return;
            }
            let ended = self
                .server
                .as_mut()
                .and_then(|server| server.try_wait().expect("a child"));
            assert!(ended.is_none(), "{ended:?}\n{}", self.log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("it does not happen:\n{}", self.log());
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.home.join("log")).unwrap_or_default()
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        self.kill();
        let file = std::fs::read_to_string(self.home.join("data/postgres/postmaster.pid"));
        if let Some(pid) = file.ok().and_then(|file| Some(file.lines().next()?.to_owned())) {
            let _ = Command::new("kill").args(["-s", "KILL", &pid]).output();
        }
        let _ = std::fs::remove_dir_all(&self.home);
    }
}

/// For whom row security does not hold, once there is a database.
async fn database(home: &Path) -> Option<PgConnection> {
    let socket = home.join("data/postgres-socket");
    let host = socket.to_string_lossy().replace('/', "%2F");
    let url = format!("postgres://postgres@localhost:5432/gantry?host={host}");
    PgConnection::connect(&url).await.ok()
}

async fn counted(db: &mut PgConnection, statement: &'static str) -> Option<i64> {
    sqlx::query_scalar(statement).fetch_one(db).await.ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_killed_in_the_middle_of_a_job_leaves_it_to_the_next_one_and_it_acts_once() {
    const WORKERS: &str = "select count(*) from graphile_worker._private_workers";
    const WAITING: &str = "select count(*) from auth.mails where state = 'queued'";
    const TAKEN: &str = "select count(*) from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
         where t.identifier = 'send_mail' and j.locked_by is not null and j.attempts = 1";
    const LEFT: &str = "select count(*) from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
         where t.identifier = 'send_mail'";
    let smtp = Smtp::start().await;
    smtp.hold(true);
    let mut machine = Machine::new();
    machine.start(&smtp);
    let mut db = None;
    let home = machine.home.clone();
    machine
        .until(async || {
            db = database(&home).await;
            match &mut db {
                Some(db) => counted(db, WORKERS).await > Some(0),
                None => false,
            }
        })
        .await;
    let mut db = db.expect("a database");
    queue(&mut db, &SystemClock, None, "ada@nord.test").await;
    machine.until(async || smtp.held() == 1).await;
    machine.kill();
    assert_eq!(
        counted(&mut db, TAKEN).await,
        Some(1),
        "it died with the job in its hands"
    );
    smtp.hold(false);

    // A minute of silence passes.
    let silence = "update graphile_worker._private_workers set last_heartbeat_at = last_heartbeat_at - interval '1 minute'";
    sqlx::query(silence).execute(&mut db).await.expect("the time");
    machine.start(&smtp);
    machine
        .until(async || counted(&mut db, WAITING).await == Some(0))
        .await;
    machine
        .until(async || counted(&mut db, LEFT).await == Some(0))
        .await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(smtp.caught().len(), 1, "{}", machine.log());
    let mail = sqlx::query("select state, attempts from auth.mails")
        .fetch_one(&mut db)
        .await;
    let mail = mail.expect("the mail");
    assert_eq!((mail.get::<&str, _>(0), mail.get::<i32, _>(1)), ("sent", 2));
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
