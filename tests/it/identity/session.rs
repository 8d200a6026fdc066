//! Sessions: what a browser holds, what the database knows, and when both end.
use super::{guess_from, sign_in};
use crate::kit::{Actor, PASSWORD, TestApp};
use axum::body::Body;
use axum::http::{Request, header};
use chrono::TimeDelta;
use gantry::kernel::Role;
use gantry::server::auth::session::Token;
use gantry::server::db::identity;
use gantry::server::state::Settings;
use std::time::Duration;

async fn signed_in(actor: &Actor) -> bool {
    actor.get("/customers").await.status == 200
}

/// Waits until the use of a session was noted beside its request.
async fn noted(app: &TestApp) {
    for _ in 0..100 {
        let noted: bool = sqlx::query_scalar("select bool_or(last_seen_at = $1) from auth.sessions")
            .bind(app.now())
            .fetch_one(&mut app.db_admin().await)
            .await
            .expect("sessions");
        if noted {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the session's use was not noted");
}

#[tokio::test(flavor = "multi_thread")]
async fn cookies_have_exactly_these_attributes() {
    let app = TestApp::new().await;
    app.workshop("nord").await;
    let answer = sign_in(&app.visitor(), "owner@nord.test").await.must(303);
    let cookies: Vec<String> = answer
        .headers
        .get_all(header::SET_COOKIE)
        .iter()
        .map(|value| super::without_hex(value.to_str().expect("a cookie")))
        .collect();
    assert_eq!(
        cookies,
        [
            "gantry_session=#; Path=/; HttpOnly; SameSite=Lax; Max-Age=57600 ",
            "gantry_device=#; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000 ",
        ]
    );
    let tls = Settings::new("https://gantry.example.com", false);
    let text = |value: axum::http::HeaderValue| super::without_hex(value.to_str().expect("a cookie"));
    assert_eq!(
        text(Token::generate().session_cookie(&tls)),
        "__Host-gantry=#; Path=/; HttpOnly; SameSite=Lax; Max-Age=57600; Secure "
    );
    assert!(
        text(Token::generate().device_cookie(&tls))
            .starts_with("__Host-gantry-device=#; Path=/; HttpOnly; SameSite=Lax;")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copied_database_opens_no_session() {
    let app = TestApp::new().await;
    let owner = app.workshop("nord").await.owner().await;
    let token = owner.session().expect("a session");
    let stored: Vec<String> = sqlx::query_scalar(
        "select encode(token_hash, 'hex') from auth.sessions union select encode(token_hash, 'hex') from auth.devices",
    )
    .fetch_all(&mut app.db_admin().await)
    .await
    .expect("hashes");
    assert!(stored.len() == 2 && !stored.contains(&token));
    for value in stored.iter().chain([&"0".repeat(64), &token[1..].to_owned()]) {
        let request = Request::get("/customers").header(header::COOKIE, format!("gantry_session={value}"));
        app.visitor().send(request, Body::empty()).await.must(401);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_after_twelve_idle_hours_and_not_before() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (used, forgotten) = (nord.owner().await, nord.receptionist().await);
    app.advance(TimeDelta::hours(12) - TimeDelta::seconds(5));
    assert!(signed_in(&used).await);
    noted(&app).await;
    app.advance(TimeDelta::seconds(10));
    assert!(signed_in(&used).await && !signed_in(&forgotten).await);
    assert!(forgotten.session().is_none(), "the browser forgets it too");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_in_use_ends_with_the_working_day() {
    let app = TestApp::new().await;
    let owner = app.workshop("nord").await.owner().await;
    app.advance(TimeDelta::hours(8));
    assert!(signed_in(&owner).await);
    noted(&app).await;
    app.advance(TimeDelta::hours(8) - TimeDelta::seconds(5));
    assert!(signed_in(&owner).await);
    app.advance(TimeDelta::seconds(10));
    assert!(!signed_in(&owner).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_again_ends_the_browser_s_former_session_and_no_other() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (here, elsewhere) = (nord.owner().await, nord.owner().await);
    let former = here.session().expect("a session");
    sign_in(&here, "owner@nord.test").await.must(303);
    assert_ne!(here.session(), Some(former.clone()));
    let replay = Request::get("/customers").header(header::COOKIE, format!("gantry_session={former}"));
    app.visitor().send(replay, Body::empty()).await.must(401);
    assert!(signed_in(&here).await && signed_in(&elsewhere).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_the_session_in_the_database_and_clears_the_browser() {
    let app = TestApp::new().await;
    let owner = app.workshop("nord").await.owner().await;
    let token = owner.session().expect("a session");
    assert_eq!(owner.get("/customers").await.header("cache-control"), "no-store");
    let out = owner.post("/sign-out", &[]).await.must(303);
    assert_eq!(
        (out.location(), out.header("clear-site-data")),
        ("/sign-in", "\"cache\"")
    );
    assert!(owner.session().is_none() && owner.cookie("gantry_device").is_some());
    let ended: i64 = sqlx::query_scalar("select count(*) from audit_events where action = 'session.closed'")
        .fetch_one(&mut app.db_admin().await)
        .await
        .expect("a count");
    assert_eq!(ended, 1, "signing out is kept, once");
    let replay = Request::get("/customers").header(header::COOKIE, format!("gantry_session={token}"));
    app.visitor().send(replay, Body::empty()).await.must(401);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_signed_in_is_led_past_the_forms() {
    let app = TestApp::new().await;
    let owner = app.workshop("nord").await.owner().await;
    assert_eq!(owner.get("/sign-in").await.must(303).location(), "/dashboard");
    assert_eq!(
        owner.get("/sign-in?next=/board").await.must(303).location(),
        "/board"
    );
    assert_eq!(owner.get("/sign-up").await.must(303).location(), "/dashboard");
    let start = owner.get("/").await.must(200);
    assert!(start.shows("Open workshop") && !start.shows("Start free trial</a>"));
    assert!(app.visitor().get("/").await.must(200).shows("30 days free"));
}

#[tokio::test(flavor = "multi_thread")]
async fn next_never_leads_away_from_the_site() {
    let app = TestApp::new().await;
    app.workshop("nord").await;
    let long = format!("/{}", "x".repeat(3000));
    for next in [
        "//evil.test",
        "/\\evil.test",
        "\\\\evil.test",
        "https://evil.test",
        "/\t/evil.test",
        "/\n/evil.test",
        "javascript:alert(1)",
        &long,
    ] {
        let fields = [
            ("email", "owner@nord.test"),
            ("password", PASSWORD),
            ("next", next),
        ];
        let answer = app.visitor().post("/sign-in", &fields).await.must(303);
        assert_eq!(answer.location(), "/dashboard", "{next:?}");
        let query = serde_urlencoded::to_string([("next", next)]).expect("a query");
        let form = app.visitor().get(&format!("/sign-in?{query}")).await.must(200);
        assert_eq!(form.field("next").as_deref(), Some(""), "{next:?}");
    }
    let fields = [
        ("email", "owner@nord.test"),
        ("password", PASSWORD),
        ("next", "/board?branch=1"),
    ];
    assert_eq!(
        app.visitor().post("/sign-in", &fields).await.must(303).location(),
        "/board?branch=1"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_branch_in_view_is_one_s_own_or_all_and_leads_back() {
    let app = TestApp::new().await;
    let (nord, other) = (app.workshop("nord").await, app.workshop("sued").await);
    let west = nord.branch("WEST").await;
    let east = nord.branch("EAST").await;
    let manager = nord
        .member("manager", Role::Manager, &[nord.main.id, west.id])
        .await;
    let chosen = |answer: &crate::kit::Answer, name: &str| answer.shows(&format!("<small>{name}</small>"));
    let choose = |id: String, next: &'static str| {
        let manager = manager.clone();
        async move {
            manager
                .post("/session/branch", &[("branch", &id), ("next", next)])
                .await
        }
    };
    assert_eq!(
        choose(west.id.to_string(), "/customers")
            .await
            .must(303)
            .location(),
        "/customers"
    );
    assert!(chosen(&manager.get("/customers").await, "nord WEST"));
    choose(east.id.to_string(), "").await.must(404);
    choose(other.main.id.to_string(), "").await.must(404);
    choose("nonsense".to_owned(), "").await.must(404);
    assert!(chosen(&manager.get("/customers").await, "nord WEST"));
    assert_eq!(
        choose("all".to_owned(), "//evil.test").await.must(303).location(),
        "/dashboard"
    );
    assert!(chosen(&manager.get("/customers").await, "All branches"));
    app.visitor()
        .post("/session/branch", &[("branch", "")])
        .await
        .must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_theme_is_kept_before_signing_in_and_leads_back_to_its_page() {
    let app = TestApp::new().await;
    let visitor = app.visitor();
    let request = Request::post("/session/theme")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .header(header::REFERER, "http://127.0.0.1:3000/sign-up?x=1");
    let answer = visitor.send(request, Body::from("theme=dark")).await.must(303);
    assert_eq!(answer.location(), "/sign-up?x=1");
    assert!(
        visitor
            .get("/")
            .await
            .text()
            .contains("<html lang=\"en\" data-theme=\"dark\">")
    );
    visitor
        .post("/session/theme", &[("theme", "system")])
        .await
        .must(303);
    assert!(visitor.cookie("theme").is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_left_one_workshop_still_gets_into_another() {
    let app = TestApp::new().await;
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    let member = sued.db_member("owner", Role::Owner, &[]).await;
    let mut db = app.db_admin().await;
    sqlx::query("insert into auth.affiliations (user_id, org_id, member_id) select u.id, $1, $2 from auth.users u where u.email = 'owner@nord.test'")
        .bind(sued.org.uuid())
        .bind(member.uuid())
        .execute(&mut db)
        .await
        .expect("an affiliation");
    // A workshop keeps an owner.
    nord.db_member("second", Role::Owner, &[]).await;
    sqlx::query("update members set deactivated_at = $1 where org_id = $2 and email = 'owner@nord.test'")
        .bind(app.now())
        .bind(nord.org.uuid())
        .execute(&mut db)
        .await
        .expect("a leaver");
    let owner = app.visitor();
    sign_in(&owner, "owner@nord.test").await.must(303);
    assert!(owner.get("/customers").await.must(200).shows("Workshop sued"));
    guess_from(
        &app.visitor(),
        [10, 0, 0, 1],
        "receptionist@nord.test",
        PASSWORD,
        &[],
    )
    .await
    .must(422);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ended_is_forgotten_after_a_while_and_nothing_else() {
    let app = TestApp::new().await;
    let owner = app.workshop("nord").await.owner().await;
    let idle = app.state().settings.session_idle;
    let clean = || async {
        identity::clean_up(&app.state().db, app.now(), idle)
            .await
            .expect("a number")
    };
    assert_eq!(clean().await, 0);
    assert!(signed_in(&owner).await);
    app.advance(TimeDelta::days(8));
    assert_eq!(clean().await, 1, "the session that idled out");
    app.advance(TimeDelta::days(90));
    assert_eq!(clean().await, 1, "the guess");
    app.advance(TimeDelta::days(401));
    assert_eq!(clean().await, 1, "the browser");
}
