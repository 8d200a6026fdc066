//! One's own account.
use super::sign_in;
use crate::kit::{Actor, PASSWORD, TestApp};
use axum::body::Body;
use axum::http::{Request, header};

const NEW: &str = "three unrelated words";

async fn change(actor: &Actor, current: &str, new: &str) -> crate::kit::Answer {
    actor
        .post("/account/password", &[("current", current), ("new", new)])
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_ends_every_other_session_and_turns_this_one_s_token() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (here, elsewhere, rita) = (nord.owner().await, nord.owner().await, nord.receptionist().await);
    let former = here.session().expect("a session");
    assert_eq!(
        change(&here, PASSWORD, NEW).await.must(303).location(),
        "/account"
    );
    assert!(here.get("/account").await.must(200).shows("Password changed"));
    elsewhere.get("/account").await.must(303);
    rita.get("/account").await.must(200);
    let replay = Request::get("/account").header(header::COOKIE, format!("gantry_session={former}"));
    app.visitor().send(replay, Body::empty()).await.must(401);
    sign_in(&app.visitor(), "owner@nord.test").await.must(422);
    let fields = [("email", "owner@nord.test"), ("password", NEW)];
    app.visitor().post("/sign-in", &fields).await.must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_changed_by_whoever_knows_it_and_into_a_good_one_only() {
    let app = TestApp::new().await;
    let owner = app.workshop("nord").await.owner().await;
    let refused = change(&owner, "not the password", NEW).await.must(422);
    assert!(refused.shows("Wrong password."));
    assert!(
        change(&owner, PASSWORD, "workshop nord")
            .await
            .must(422)
            .shows("too easy to guess")
    );
    assert!(
        change(&owner, "", "short")
            .await
            .must(422)
            .shows("At least 12 characters")
    );
    for _ in 0..4 {
        change(&owner, "a guess at it", NEW).await.must(422);
    }
    assert!(
        change(&owner, PASSWORD, NEW)
            .await
            .must(422)
            .shows("Too many attempts.")
    );
    owner.get("/account").await.must(200);
    app.advance(chrono::TimeDelta::minutes(16));
    change(&owner, PASSWORD, NEW).await.must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_sees_where_one_is_signed_in_and_ends_it_elsewhere() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let here = nord.owner().await;
    assert!(
        here.get("/account")
            .await
            .must(200)
            .shows("You are not signed in anywhere else.")
    );
    let (elsewhere, rita) = (nord.owner().await, nord.receptionist().await);
    let page = here.get("/account").await.must(200);
    assert!(
        page.shows("owner@nord.test") && page.shows("This browser") && page.shows("Sign out everywhere else")
    );
    let ended = here.post("/account/sign-out-elsewhere", &[]).await.must(303);
    assert_eq!(ended.flash().as_deref(), Some("Signed out of 1 other browser."));
    elsewhere.get("/account").await.must(303);
    here.get("/account").await.must(200);
    rita.get("/account").await.must(200);
}
