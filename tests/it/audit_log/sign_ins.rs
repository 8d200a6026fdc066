//! Who came in, and who tried.
use super::db_give_right;
use crate::kit::{Actor, Answer, PASSWORD, TestApp, Workshop};
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, header};
use chrono::TimeDelta;
use gantry::kernel::Role;
use gantry::server::db::identity;
use std::net::SocketAddr;

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// A try from an address of its own, with Firefox.
async fn try_as(actor: &Actor, last: u8, email: &str, password: &str) -> Answer {
    let request = Request::post("/sign-in")
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::USER_AGENT, FIREFOX)
        .header("sec-fetch-site", "same-origin")
        .extension(ConnectInfo(SocketAddr::from(([10, 0, 0, last], 40_000))));
    let form = serde_urlencoded::to_string([("email", email), ("password", password)]).expect("a form");
    actor.send(request, Body::from(form)).await
}

async fn rows(app: &TestApp, which: &str) -> i64 {
    sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
        "select count(*) from auth.sign_ins where {which}"
    )))
    .fetch_one(&mut app.db_admin().await)
    .await
    .expect("a count")
}

async fn shown(owner: &Actor, query: &str) -> Answer {
    owner.get(&format!("/trail/sign-ins{query}")).await.must(200)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_tells_who_came_in_and_who_tried_from_where_with_what() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    nord.db_member("rita", Role::Receptionist, &[nord.main.id]).await;
    let rita = nord.email("rita");
    try_as(&app.visitor(), 1, &rita, PASSWORD).await.must(303);
    for _ in 0..5 {
        try_as(&app.visitor(), 2, &rita, "wrong wrong wrong")
            .await
            .must(422);
    }
    for _ in 0..3 {
        try_as(&app.visitor(), 3, &rita, PASSWORD).await.must(429);
    }
    let all = shown(&owner, "").await;
    for words in [
        "rita",
        "Signed in",
        "Wrong password",
        "Too many attempts",
        "10.0.0.1",
        "10.0.0.2",
        "10.0.0.3",
        "Firefox on Linux",
        "2 Mar 2026, 10:00",
    ] {
        assert!(all.shows(words), "{words}: {}", all.text());
    }
    let badge = |text: &str, words: &str| super::plain(text).matches(&format!("{words}</span>")).count();
    assert_eq!(badge(&all.text(), "Wrong password"), 5);
    assert_eq!(
        badge(&all.text(), "Too many attempts"),
        1,
        "one row a minute, however many tries"
    );
    let wrong = shown(&owner, "?outcome=wrong").await;
    assert!(wrong.shows("10.0.0.2") && !wrong.shows("10.0.0.1") && !wrong.shows("10.0.0.3"));
    let mine = shown(&owner, &format!("?person={}", owner.member())).await;
    assert!(!mine.shows("10.0.0.2"), "only the owner's own");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guess_counted_for_a_day_is_told_for_good_and_a_strangers_is_forgotten() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    try_as(&app.visitor(), 7, &nord.email("owner"), "wrong wrong wrong")
        .await
        .must(422);
    try_as(&app.visitor(), 8, "nobody@nowhere.test", "wrong wrong wrong")
        .await
        .must(422);
    assert_eq!(rows(&app, "outcome = 'wrong'").await, 2, "the same work for both");
    app.advance(TimeDelta::hours(25));
    let owner = nord.owner().await;
    identity::clean_up(&app.state().db, app.now(), TimeDelta::days(30))
        .await
        .expect("a clean-up");
    assert_eq!(rows(&app, "user_id is null").await, 0);
    let page = shown(&owner, "").await;
    assert!(page.shows("10.0.0.7") && !page.shows("10.0.0.8"));
}

/// The same person in both workshops.
async fn both(nord: &Workshop, sued: &Workshop) {
    nord.db_member("owner", Role::Owner, &[]).await;
    let mut admin = nord.app().db_admin().await;
    sqlx::query(
        "with o as (insert into members (org_id, id, user_id, name, email, role, all_branches, created_at)
           select $2, gen_random_uuid(), m.user_id, 'Guest', m.email, 'manager', true, m.created_at from members m
            where m.org_id = $1 and m.role = 'owner' returning user_id, org_id, id)
         insert into auth.affiliations (user_id, org_id, member_id) select user_id, org_id, id from o",
    )
    .bind(nord.org.uuid())
    .bind(sued.org.uuid())
    .execute(&mut admin)
    .await
    .expect("a second membership");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_opened_elsewhere_is_not_told_here() {
    let app = TestApp::new().await;
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    both(&nord, &sued).await;
    let (ours, theirs) = (nord.owner().await, sued.owner().await);
    try_as(&app.visitor(), 1, &nord.email("owner"), PASSWORD)
        .await
        .must(303);
    try_as(&app.visitor(), 2, &nord.email("owner"), "wrong wrong wrong")
        .await
        .must(422);
    nord.db_member("rita", Role::Receptionist, &[nord.main.id]).await;
    try_as(&app.visitor(), 3, &nord.email("rita"), "wrong wrong wrong")
        .await
        .must(422);
    let here = shown(&ours, "").await;
    assert!(here.shows("10.0.0.1") && here.shows("10.0.0.2") && here.shows("10.0.0.3"));
    let there = shown(&theirs, "").await;
    assert!(!there.shows("10.0.0.1"), "the session opened nord");
    assert!(
        there.shows("10.0.0.2"),
        "somebody tried the account of one of theirs"
    );
    assert!(!there.shows("10.0.0.3"), "rita is not theirs");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_out_is_told_once() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (owner, mira) = (nord.owner().await, nord.member("mira", Role::Manager, &[]).await);
    db_give_right(&nord, Role::Manager, "ViewTrails").await;
    mira.get("/trail").await.must(200);
    mira.post("/sign-out", &[]).await.must(303);
    mira.post("/sign-out", &[]).await.must(303);
    let page = owner.get("/trail?kind=member").await.must(200);
    assert_eq!(page.text().matches("Signed out").count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn sign_ins_are_paged() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    sqlx::query(
        "insert into auth.sign_ins (at, outcome, user_id, address, user_agent)
         select $2 + make_interval(secs => i), 'wrong', m.user_id, 'place ' || i || '.', '' from generate_series(1, 70) i, members m where m.org_id = $1",
    )
    .bind(nord.org.uuid())
    .bind(app.now())
    .execute(&mut app.db_admin().await)
    .await
    .expect("rows");
    let first = shown(&owner, "").await.text();
    let next = super::older(&first).expect("an older page");
    let second = owner.get(&next).await.must(200).text();
    let count = |text: &str| text.matches("place ").count();
    assert_eq!((count(&first), count(&second)), (50, 20));
    assert!(super::older(&second).is_none());
}
