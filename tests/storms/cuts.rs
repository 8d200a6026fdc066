//! Senders who leave at any moment, two organizations, one small pool: nothing of one request may be left for the next.
mod side;

use super::{size, sound};
use crate::kit::{TestApp, connect};
use futures::future::join_all;
use gantry::server::db::{Db, identity};
use side::{Done, Operation, Sent, Side};
use sqlx::{AssertSqlSafe, Executor, PgConnection, Row};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use uuid::Uuid;

const CLIENTS: usize = 10;
const POOL: u32 = 4;
/// The latest that a sender leaves, in microseconds; one in four stays to the end.
const LATEST: usize = 30_000;
/// In the storm the database ends nothing by itself: what is forgotten stays to be found.
const LET_IT_LIE: &str = "idle_in_transaction_session_timeout = 0";

/// Notes what each connection of the pool still is, before it belongs to anybody. A note that is written inside somebody's
/// transaction is lost with it, so there are as many notes as calls that were acknowledged.
const WITNESS: &str = "
create schema storm;
create table storm.seen (caller bytea, pid int, role text, settings text);
create or replace function auth.touch_session(token_hash bytea, at timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into storm.seen values (token_hash, pg_backend_pid(), current_setting('role'), concat(current_setting('app.org_id', true),
    current_setting('app.member_id', true), current_setting('app.branches', true), current_setting('app.sees', true), current_setting('app.shares', true)))
$$";
const IN_THE_STORM: [u8; 32] = [1; 32];
const AFTERWARDS: [u8; 32] = [2; 32];

/// Of all clients together.
fn requests() -> usize {
    size(5_000)
}

/// Asks the pool for a connection that belongs to nobody, again and again. Says how often it got one.
async fn witness(app: TestApp, db: Db, over: Arc<AtomicBool>) -> i64 {
    let mut calls = 0;
    while !over.load(Ordering::SeqCst) {
        let called = identity::touch_session(&db, &IN_THE_STORM, app.now()).await;
        calls += i64::from(called.is_ok());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    calls
}

/// Every connection of the pool at once: none comes back before all are waiting.
async fn all_connections(app: &TestApp, db: &Db) {
    let mut admin = app.db_admin().await;
    admin
        .execute("begin; lock table storm.seen in exclusive mode")
        .await
        .expect("a lock");
    let calls = (0..POOL).map(|_| identity::touch_session(db, &AFTERWARDS, app.now()));
    let release = async {
        let waiting = "select count(*) from pg_locks where not granted and relation = 'storm.seen'::regclass";
        for _ in 0..200 {
            let row = admin.fetch_one(waiting).await.expect("locks");
            if row.get::<i64, _>(0) == i64::from(POOL) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        admin.execute("commit").await.expect("the lock's end");
    };
    let (answers, ()) = tokio::join!(join_all(calls), release);
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
}

/// Waits for the writes whose senders left, and finds transactions that nobody will end.
async fn settled(admin: &mut PgConnection) {
    let begun = Instant::now();
    let sessions =
        "select count(*), coalesce(string_agg(state || ': ' || query, e'\n'), '') from pg_stat_activity
                     where datname = current_database() and usename = 'gantry_app' and state <> 'idle'";
    let mut quiet = 0;
    while quiet < 10 {
        let row = admin.fetch_one(sessions).await.expect("sessions");
        let (busy, what): (i64, String) = (row.get(0), row.get(1));
        let patient = begun.elapsed() < Duration::from_secs(30);
        assert!(patient, "{busy} connections are not idle: {what}");
        quiet = if busy == 0 { quiet + 1 } else { 0 };
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// What the database has of one write: the rows that belong to it, by table.
const PARTS: &str = "
select c.name as mark, array[
    (select count(*) from audit_events e where (e.org_id, e.entity_id) = (c.org_id, c.id)),
    (select count(*) from assets a where (a.org_id, a.customer_id) = (c.org_id, c.id)),
    (select count(*) from work_orders w where (w.org_id, w.customer_id) = (c.org_id, c.id)),
    (select count(*) from work_orders w join concerns x on (x.org_id, x.work_order_id) = (w.org_id, w.id) where (w.org_id, w.customer_id) = (c.org_id, c.id)),
    (select count(*) from work_orders w join work_order_moves x on (x.org_id, x.work_order_id) = (w.org_id, w.id) where (w.org_id, w.customer_id) = (c.org_id, c.id)),
    (select count(*) from work_orders w join odometer_readings x on (x.org_id, x.work_order_id) = (w.org_id, w.id) where (w.org_id, w.customer_id) = (c.org_id, c.id))]
  from customers c where c.org_id = $1 and c.name like '% %'
union all
select n.body, array[count(*), (select count(*) from audit_events e where (e.org_id, e.entity_id) = ($1, n.work_order_id) and e.action = 'note.added')
                             - (select count(*) from notes a where (a.org_id, a.work_order_id) = ($1, n.work_order_id))]
  from notes n where n.org_id = $1 group by n.body, n.work_order_id";

impl Operation {
    fn parts(self) -> Vec<i64> {
        match self {
            Self::Customer => vec![1, 0, 0, 0, 0, 0],
            Self::CheckIn => vec![1, 1, 1, 2, 1, 1],
            Self::Note => vec![1, 0],
        }
    }
}

/// Every write is there as a whole, with its form's token, or not at all; every acknowledged one is there.
async fn whole(admin: &mut PgConnection, side: &Side, sent: &[Sent]) -> usize {
    let org = side.shop.org.uuid();
    let rows = sqlx::query(PARTS)
        .bind(org)
        .fetch_all(&mut *admin)
        .await
        .expect("parts");
    let mut found: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for row in &rows {
        let twice = found.insert(row.get(0), row.get(1));
        assert_eq!(twice, None, "{}", row.get::<String, _>(0));
    }
    let keys = sqlx::query_scalar("select key from idempotency_keys where org_id = $1").bind(org);
    let keys: BTreeSet<Uuid> = keys.fetch_all(admin).await.expect("keys").into_iter().collect();
    let mut finished_alone = 0;
    for sent in sent {
        let parts = found.remove(&sent.mark);
        assert_eq!(parts.is_some(), keys.contains(&sent.key), "half of {sent:?}");
        assert!(parts.is_some() || !sent.acknowledged, "lost: {sent:?}");
        finished_alone += usize::from(parts.is_some() && !sent.acknowledged);
        if let Some(parts) = parts {
            assert_eq!(parts, sent.operation.parts(), "{sent:?}");
        }
    }
    assert!(found.is_empty(), "nobody wrote {found:?}");
    finished_alone
}

#[tokio::test(flavor = "multi_thread")]
async fn five_thousand_cut_requests_leak_nothing() {
    let app = TestApp::in_real_time().await;
    let lie = format!(
        "alter role gantry_app in database {} set {LET_IT_LIE}",
        app.database().name()
    );
    app.db_admin()
        .await
        .execute(AssertSqlSafe(lie))
        .await
        .expect("a setting");
    let db = Db::connect(&app.database().app_url, POOL).await.expect("a pool");
    let small = app.with_database(db.clone());
    let address = small.listen().await;
    let nord = Arc::new(Side::open(&app, &small, "nord", "nord-canary", address).await);
    let sued = Arc::new(Side::open(&app, &small, "sued", "sued-canary", address).await);
    let mut owner = connect(&app.database().owner_url).await;
    owner.execute(sqlx::raw_sql(WITNESS)).await.expect("a witness");

    let over = Arc::new(AtomicBool::new(false));
    let witness = tokio::spawn(witness(app.clone(), db.clone(), over.clone()));
    let clients: Vec<_> = (0..CLIENTS)
        .map(|client| {
            let (own, other) = if client % 2 == 0 {
                (&nord, &sued)
            } else {
                (&sued, &nord)
            };
            tokio::spawn(own.clone().client(other.clone(), client))
        })
        .collect();
    let mut done = [Done::default(), Done::default()];
    for (client, work) in clients.into_iter().enumerate() {
        done[client % 2].add(work.await.expect("a client"));
    }
    over.store(true, Ordering::SeqCst);
    let calls = witness.await.expect("a witness");

    let mut admin = app.db_admin().await;
    settled(&mut admin).await;
    all_connections(&app, &db).await;
    let seen = "select count(*) filter (where caller = $1), count(distinct pid) filter (where caller = $2),
                       count(*) filter (where role <> 'none' or settings <> '') from storm.seen";
    let seen = sqlx::query(seen).bind(&IN_THE_STORM[..]).bind(&AFTERWARDS[..]);
    let seen = seen.fetch_one(&mut admin).await.expect("what was seen");
    assert_eq!(seen.get::<i64, _>(2), 0, "a connection kept a role or a setting");
    assert_eq!(seen.get::<i64, _>(1), i64::from(POOL), "all connections");
    assert_eq!(seen.get::<i64, _>(0), calls, "an acknowledged write is lost");

    for ((side, other), done) in [(&nord, &sued), (&sued, &nord)].into_iter().zip(&done) {
        let alone = whole(&mut admin, side, &done.sent).await;
        let acknowledged = done.sent.iter().filter(|sent| sent.acknowledged).count();
        println!(
            "{}: {} cut, {} pages read, {acknowledged} of {} writes acknowledged, {alone} finished alone, {} times busy",
            side.shop.slug,
            done.cut,
            done.read,
            done.sent.len(),
            done.busy
        );
        assert!(done.cut > requests() / 20 && done.read > requests() / 50 && acknowledged > requests() / 50);
        side.still_served(other).await;
    }
    sound(&app.database().owner_url).await;
}
