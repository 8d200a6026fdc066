//! A request may be dropped at any await. sqlx 0.9 forgets a BEGIN that was cancelled while it was sent, so its connection
//! can return to the pool inside a transaction: the next user's rows are lost, or read under the last user's organization.
use crate::kit::{Actor, TestApp};
use chrono::TimeDelta;
use futures::poll;
use gantry::server::db::{Db, identity};
use sha2::{Digest, Sha256};
use sqlx::postgres::PgPoolOptions;
use sqlx::{Executor, Row};
use std::pin::pin;
use std::time::Duration;

const ROUNDS: usize = 300;

/// Lets a future run for so many polls, then drops it: as if its sender left. Says whether it was unfinished.
async fn cut<F: Future>(polls: usize, work: F) -> bool {
    // The last user's connection is on its way back: waiting for it would use up the polls.
    tokio::time::sleep(Duration::from_millis(2)).await;
    let mut work = pin!(work);
    for _ in 0..polls {
        if poll!(&mut work).is_ready() {
            return false;
        }
        tokio::task::yield_now().await;
    }
    true
}

#[expect(
    clippy::disallowed_types,
    reason = "the pool as sqlx makes it, to show what ours adds"
)]
async fn stock_pool(app: &TestApp) -> sqlx::PgPool {
    let options = PgPoolOptions::new().max_connections(1).test_before_acquire(false);
    options.connect(&app.database().app_url).await.expect("a pool")
}

/// The teeth: what the pool does by itself. If this fails, sqlx is mended and `Db::connect` may lose its hook.
#[tokio::test(flavor = "multi_thread")]
async fn a_stock_pool_loses_acknowledged_writes_after_cancelled_begins() {
    let app = TestApp::in_real_time().await;
    let mut admin = app.db_admin().await;
    let table = "create schema scratch; create table scratch.kept (n bigint); grant usage on schema scratch to gantry_app; \
                 grant insert on scratch.kept to gantry_app";
    admin.execute(table).await.expect("a table");
    let pool = stock_pool(&app).await;
    let mut acknowledged = 0;
    for round in 0..ROUNDS {
        cut(round % 8, async { drop(pool.begin().await) }).await;
        let written = sqlx::query("insert into scratch.kept values (1)")
            .execute(&pool)
            .await;
        acknowledged += i64::from(written.is_ok());
    }
    pool.close().await;
    let kept = admin
        .fetch_one("select count(*) from scratch.kept")
        .await
        .expect("a number");
    let lost = acknowledged - kept.get::<i64, _>(0);
    assert!(lost > 0, "all {acknowledged} acknowledged writes were kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stock_pool_leaks_an_organization_after_cancelled_begins() {
    let app = TestApp::in_real_time().await;
    let pool = stock_pool(&app).await;
    let mut leaked = 0;
    for round in 0..ROUNDS {
        let begin = "BEGIN; SELECT set_config('app.org_id', '0192f0c1-2345-7000-8000-000000000000', true)";
        cut(round % 8, async { drop(pool.begin_with(begin).await) }).await;
        let seen = pool
            .fetch_one("select coalesce(current_setting('app.org_id', true), '')")
            .await;
        leaked += usize::from(seen.is_ok_and(|row| !row.get::<String, _>(0).is_empty()));
    }
    assert!(leaked > 0, "no request saw another one's organization");
}

fn token_hash(actor: &Actor) -> [u8; 32] {
    Sha256::digest(actor.session().expect("a session")).into()
}

#[tokio::test(flavor = "multi_thread")]
async fn our_pool_loses_nothing_and_leaks_nothing() {
    let app = TestApp::in_real_time().await;
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    let (nora, susi) = (nord.owner().await, sued.owner().await);
    nora.make_customer(&[("name", "Canary of Nord")]).await;
    susi.make_customer(&[("name", "Canary of Sued")]).await;
    // One connection, so that whatever a cut request leaves is found by the next one.
    let one = Db::connect(&app.database().app_url, 1).await.expect("a pool");
    let app = app.with_database(one.clone());
    let (nora, susi) = (nora.moved_to(&app), susi.moved_to(&app));
    let mut admin = app.db_admin().await;
    let hash = token_hash(&susi);
    let mut unfinished = 0;
    for round in 0..ROUNDS {
        unfinished += usize::from(cut(round % 24, nora.get("/customers")).await);
        let at = app.now() + TimeDelta::seconds(i64::try_from(round).expect("small"));
        identity::touch_session(&one, &hash, at)
            .await
            .expect("acknowledged");
        let seen = sqlx::query_scalar("select last_seen_at from auth.sessions where token_hash = $1")
            .bind(&hash[..]);
        assert_eq!(
            Some(at),
            seen.fetch_one(&mut admin).await.expect("a session"),
            "an acknowledged write is lost"
        );
        if round % 5 == 0 {
            let page = susi.get("/customers").await.must(200);
            assert!(
                page.shows("Canary of Sued") && !page.shows("Canary of Nord"),
                "{}",
                page.text()
            );
        }
    }
    assert!(unfinished > ROUNDS / 10, "only {unfinished} requests were cut");
}
