//! One's sessions one by one, and who tried to come in.
use super::{sign_in, signed_in};
use crate::kit::TestApp;
use chrono::TimeDelta;
use gantry::server::db::identity;

#[tokio::test(flavor = "multi_thread")]
async fn one_session_is_ended_and_the_others_go_on() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let here = nord.owner().await;
    let lost = nord.owner().await;
    app.advance(TimeDelta::minutes(5));
    let kept = nord.owner().await;
    let rita = nord.receptionist().await;
    // The one that was used longest ago is the last of the list.
    let page = here.get("/account").await.must(200);
    let text = page.text();
    let ids: Vec<&str> = text
        .split("name=\"session\" value=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert_eq!(ids.len(), 2);
    rita.post("/account/sessions/end", &[("session", ids[1])])
        .await
        .must(404);
    here.post("/account/sessions/end", &[("session", ids[1])])
        .await
        .must(303);
    assert!(!signed_in(&lost).await && signed_in(&kept).await && signed_in(&here).await);
    here.post("/account/sessions/end", &[("session", ids[1])])
        .await
        .must(404);
    here.post("/account/sessions/end", &[("session", "nonsense")])
        .await
        .must(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_sees_who_tried_to_come_in_and_how_it_went() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let wrong = [("email", "owner@nord.test"), ("password", "wrong wrong wrong")];
    app.visitor().post("/sign-in", &wrong).await.must(422);
    let owner = nord.owner().await;
    let page = owner.get("/account").await.must(200);
    assert!(page.shows("Wrong password") && page.shows("Signed in"));
    let other = nord.receptionist().await;
    assert!(
        !other.get("/account").await.shows("Wrong password"),
        "everybody sees their own"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn turns_and_unfinished_business_are_forgotten_after_a_day() {
    let app = TestApp::new().await;
    let owner = app.workshop("nord").await.owner().await;
    owner.post("/account/second-factor/begin", &[]).await.must(303);
    app.visitor()
        .post("/forgot", &[("email", "owner@nord.test")])
        .await
        .must(200);
    let clean = || async {
        let idle = app.state().settings.session_idle;
        identity::clean_up(&app.state().db, app.now(), idle)
            .await
            .expect("a number")
    };
    assert_eq!(clean().await, 0);
    app.advance(TimeDelta::hours(25));
    assert_eq!(clean().await, 3, "two turns and the seed that nobody confirmed");
    sign_in(&app.visitor(), "owner@nord.test").await.must(303);
}
