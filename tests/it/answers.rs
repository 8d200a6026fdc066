//! Answers that must not lead astray: to odd callers, to caches, and when the database cannot be asked.
use crate::kit::TestApp;
use axum::body::Body;
use axum::http::{Request, header};
use gantry::app::product;
use gantry::server::state::Settings;
use sqlx::Executor;
use std::sync::Arc;
use std::time::{Duration, Instant};

#[tokio::test(flavor = "multi_thread")]
async fn a_server_function_answers_in_json_and_leads_nowhere_whoever_asks_for_what() {
    let app = TestApp::new().await;
    let owner = app.workshop("nord").await.owner().await;
    let visitor = app.visitor();
    let functions = product(false).app.routes();
    let functions = functions.iter().filter(|route| route.path.starts_with("/api/"));
    let functions: Vec<&str> = functions
        .map(|route| route.path.as_str())
        .chain(["/api/none"])
        .collect();
    assert!(functions.len() > 3);
    let large = "x".repeat(2 * 1024 * 1024);
    for function in functions {
        for (who, actor) in [("owner", &owner), ("visitor", &visitor)] {
            for body in ["query=ada", "", "%zz", large.as_str()] {
                for site in ["same-origin", "cross-site"] {
                    let request = Request::post(function)
                        .header(header::ACCEPT, "text/html")
                        .header(header::REFERER, "https://evil.test/x")
                        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                        .header("sec-fetch-site", site);
                    let answer = actor.send(request, Body::from(body.to_owned())).await;
                    let what = format!("{function} by {who} from {site}: {}", answer.status);
                    assert!(
                        answer.header("content-type").starts_with("application/json"),
                        "{what}"
                    );
                    assert_eq!(answer.header("location"), "", "{what}");
                    assert!(
                        !answer.status.is_redirection() && answer.status.as_u16() < 500,
                        "{what}"
                    );
                }
            }
        }
        let request = Request::get(function).header(header::ACCEPT, "text/html");
        let answer = owner.send(request, Body::empty()).await.must(405);
        assert!(
            answer.header("content-type").starts_with("application/json"),
            "GET {function}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_browser_was_shown_is_kept_by_none() {
    let app = TestApp::new().await;
    let visitor = app.visitor();
    for path in [
        "/switch",
        "/sign-in",
        "/sign-in/code",
        "/forgot",
        "/join",
        "/platform/sign-in",
    ] {
        assert_eq!(
            visitor.get(path).await.header("cache-control"),
            "no-store",
            "{path}"
        );
    }
    assert_eq!(
        visitor.get("/").await.header("cache-control"),
        "no-cache",
        "the same for everybody"
    );
    let again = visitor.post("/sign-up", &[("name", "Eve")]).await.must(422);
    assert_eq!(
        again.header("cache-control"),
        "no-store",
        "it holds what was typed"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn only_we_put_a_word_of_confirmation_on_a_page() {
    let app = TestApp::new().await;
    let owner = app.workshop("nord").await.owner().await;
    let saved = owner
        .post(
            "/customers/new",
            &[("kind", "person"), ("name", "Ada"), ("phone", "030 123456")],
        )
        .await
        .must(303);
    let word = saved.flash().expect("a word");
    let cookie = owner.cookie("flash").expect("a cookie");
    assert!(owner.get("/customers").await.shows(&word), "ours is shown");
    let forged = hex::encode("Your account is closed");
    let (_, signature) = cookie.split_once('.').expect("a signature");
    for flash in [
        forged.clone(),
        format!("{forged}."),
        format!("{forged}.{signature}"),
    ] {
        let request = Request::get("/sign-up")
            .header(header::ACCEPT, "text/html")
            .header(header::COOKIE, format!("flash={flash}"));
        let page = app.visitor().send(request, Body::empty()).await.must(200);
        assert!(!page.shows("Your account is closed"), "{flash}");
    }
    let mut state = app.state().clone();
    state.settings = Arc::new(Settings::new("https://gantry.test", false));
    let cookie = gantry::server::auth::flash::say(&state, "Saved");
    let cookie = cookie.to_str().expect("a cookie");
    assert!(
        cookie.starts_with("__Host-gantry-flash=") && cookie.ends_with("; Secure"),
        "{cookie}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn readiness_is_told_in_time_also_when_every_connection_is_blocked() {
    let app = TestApp::in_real_time().await;
    let owner = app.workshop("nord").await.owner().await;
    let visitor = app.visitor();
    visitor.get("/readyz").await.must(200);
    let mut admin = app.db_admin().await;
    admin
        .execute("begin; lock table customers in access exclusive mode")
        .await
        .expect("a lock");
    let blocked: Vec<_> = (0..24)
        .map(|_| {
            let owner = owner.clone();
            tokio::spawn(async move { owner.get("/customers").await.status })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(500)).await;
    for _ in 0..2 {
        let begun = Instant::now();
        visitor.get("/readyz").await.must(503);
        assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
        visitor.get("/livez").await.must(200);
    }
    admin.execute("rollback").await.expect("its end");
    for request in blocked {
        request.await.expect("an answer");
    }
    visitor.get("/readyz").await.must(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deadlock_and_an_unexpected_double_are_told_as_what_they_are() {
    let app = TestApp::new().await;
    let mut admin = app.db_admin().await;
    let error = |code: &'static str| {
        let raise = format!("do $$ begin raise exception 'x' using errcode = '{code}'; end $$");
        sqlx::AssertSqlSafe(raise)
    };
    for (code, status, sentence) in [
        ("40001", 409, "Another change was being saved at the same time"),
        ("40P01", 409, "Another change was being saved at the same time"),
        ("23505", 409, "This exists already"),
    ] {
        let raised = admin
            .execute(sqlx::raw_sql(error(code)))
            .await
            .expect_err("an error");
        let error = gantry::kernel::AppError::from(raised);
        assert_eq!(error.status(), status, "{code}");
        assert!(error.to_string().starts_with(sentence), "{code}: {error}");
    }
}
