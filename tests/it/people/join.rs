//! Coming in with the workshop's code: asked for, decided about, never guessed.
use super::{borrowed, grant};
use crate::kit::{Actor, Answer, TestApp, Workshop};
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, header};
use gantry::kernel::JoinRequestId;
use std::net::SocketAddr;
use uuid::Uuid;

/// A fresh code, as the owner reads it from the page.
async fn code(nord: &Workshop) -> String {
    let owner = nord.owner().await;
    owner.post("/settings/members/code", &[]).await.must(303);
    shown(&owner).await.expect("a code")
}

async fn shown(owner: &Actor) -> Option<String> {
    let page = owner.get("/settings/members").await.must(200).text();
    let (_, rest) = page.split_once("<code>")?;
    rest.split('<').next().map(ToOwned::to_owned)
}

async fn ask(actor: &Actor, code: &str, email: &str) -> Answer {
    actor
        .post("/join", &[("code", code), ("name", "Eve"), ("email", email)])
        .await
}

async fn waiting(nord: &Workshop) -> Vec<JoinRequestId> {
    let ids: Vec<Uuid> =
        sqlx::query_scalar("select id from join_requests where org_id = $1 and decided_at is null")
            .bind(nord.org.uuid())
            .fetch_all(&mut nord.db().await)
            .await
            .expect("requests");
    ids.into_iter().map(JoinRequestId::new).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_the_code_asks_and_an_owner_lets_them_in_by_mail() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let code = code(&nord).await;
    let eve = app.visitor();
    eve.get("/join").await.must(200);
    assert!(
        ask(&eve, &code.to_lowercase(), "eve@new.test")
            .await
            .must(200)
            .shows("Workshop nord will review it.")
    );
    let owner = nord.owner().await;
    assert!(
        owner
            .get("/settings/members")
            .await
            .must(200)
            .shows("Waiting for approval")
    );
    let [request] = waiting(&nord).await[..] else {
        panic!("one request")
    };
    let path = format!("/settings/members/requests/{request}");
    owner.get(&path).await.must(200);
    owner.post(&path, &[]).await.must(422);
    owner
        .post(&path, &borrowed(&grant("technician", &[nord.main.id])))
        .await
        .must(303);
    let (_, link) = nord.db_invite("eve@new.test").await;
    assert!(
        eve.get(&link).await.must(200).text().contains("value=\"Eve\""),
        "the name is known"
    );
    eve.post(&link, &[("name", "Eve"), ("password", "harbour-lantern-oak-3")])
        .await
        .must(303);
    eve.get("/my-jobs").await.must(200);
    owner.get(&path).await.must(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_signed_in_is_a_member_with_the_approval() {
    let app = TestApp::new().await;
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    let code = code(&nord).await;
    let rita = sued.receptionist().await;
    assert!(rita.get("/join").await.must(200).shows("receptionist@sued.test"));
    rita.post("/join", &[("code", &code)]).await.must(200);
    let [request] = waiting(&nord).await[..] else {
        panic!("one request")
    };
    let owner = nord.owner().await;
    let path = format!("/settings/members/requests/{request}");
    owner
        .post(&path, &borrowed(&grant("technician", &[nord.main.id])))
        .await
        .must(303);
    let org = nord.org.to_string();
    rita.post("/session/workshop", &[("workshop", &org)])
        .await
        .must(303);
    rita.get("/my-jobs").await.must(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_request_lets_nobody_in() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let code = code(&nord).await;
    ask(&app.visitor(), &code, "eve@new.test").await.must(200);
    let [request] = waiting(&nord).await[..] else {
        panic!("one request")
    };
    let path = format!("/settings/members/requests/{request}");
    nord.owner()
        .await
        .post(&format!("{path}/refuse"), &[])
        .await
        .must(303);
    assert_eq!(
        nord.db_counted("select count(*) from invites where org_id = $1")
            .await,
        0
    );
    assert!(waiting(&nord).await.is_empty());
    let foreign = app.workshop("sued").await.owner().await;
    ask(&app.visitor(), &code, "eve@new.test").await.must(200);
    let [again] = waiting(&nord).await[..] else {
        panic!("one request")
    };
    foreign
        .get(&format!("/settings/members/requests/{again}"))
        .await
        .must(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_a_stranger_and_an_account_are_answered_alike() {
    let app = TestApp::new().await;
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    let code = code(&nord).await;
    nord.receptionist().await;
    sued.receptionist().await;
    let mut answers = Vec::new();
    for email in [
        "eve@new.test",
        "eve@new.test",
        "receptionist@sued.test",
        "receptionist@nord.test",
    ] {
        let answer = ask(&app.visitor(), &code, email).await.must(200);
        let nonce = answer
            .header("content-security-policy")
            .split("'nonce-")
            .nth(1)
            .unwrap_or_default()
            .to_owned();
        answers.push(
            answer
                .text()
                .replace(nonce.split('\'').next().unwrap_or_default(), ""),
        );
    }
    answers.dedup();
    assert_eq!(answers.len(), 1);
    assert_eq!(
        waiting(&nord).await.len(),
        2,
        "asking twice waits once, and a member does not wait"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotated_code_and_one_switched_off_let_nobody_ask() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    assert_eq!(shown(&owner).await, None);
    let first = code(&nord).await;
    let second = code(&nord).await;
    assert_ne!(first, second);
    assert_eq!(
        shown(&owner).await.as_deref(),
        Some(second.as_str()),
        "the owner can look it up any time"
    );
    let refused = ask(&app.visitor(), &first, "eve@new.test").await.must(422);
    assert!(refused.shows("No workshop has this code."));
    owner.post("/settings/members/code/off", &[]).await.must(303);
    ask(&app.visitor(), &second, "eve@new.test").await.must(422);
    assert!(waiting(&nord).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copied_database_holds_no_code() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let code = code(&nord).await.replace('-', "");
    let stored: String = sqlx::query_scalar("select string_agg(c::text, '') from auth.join_codes c")
        .fetch_one(&mut app.db_admin().await)
        .await
        .expect("codes");
    assert!(!stored.to_uppercase().contains(&code) && !stored.contains(&hex::encode(&code)));
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_at_codes_are_slowed_down_by_address() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let code = code(&nord).await;
    let guess = async |address: [u8; 4], code: &str| {
        let request = Request::post("/join")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .extension(ConnectInfo(SocketAddr::from((address, 40_000))));
        let form = [("code", code), ("name", "Eve"), ("email", "eve@new.test")];
        let body = serde_urlencoded::to_string(form).expect("a form");
        app.visitor()
            .send(request, Body::from(body))
            .await
            .status
            .as_u16()
    };
    for _ in 0..5 {
        assert_eq!(guess([10, 0, 0, 1], "AAAAAAAA").await, 422);
    }
    assert_eq!(guess([10, 0, 0, 1], "AAAAAAAA").await, 429);
    assert_eq!(guess([10, 0, 0, 1], &code).await, 429, "the right one waits too");
    assert_eq!(guess([10, 0, 0, 2], &code).await, 200);
}
