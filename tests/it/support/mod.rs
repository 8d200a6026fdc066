//! An owner lets our support look, and what that is worth.
mod ended;
mod examples;

use crate::kit::make::platform::petra;
use crate::kit::{Actor, TestApp, Workshop};
use crate::kit::{Violations, is_function};
use axum::body::Body;
use axum::http::{Request, header};
use chrono::TimeDelta;
use gantry::app::product;
use gantry::kernel::SupportGrantId;

async fn look(petra: &Actor, nord: &Workshop) -> u16 {
    let path = format!("/platform/organizations/{}/look", nord.org);
    petra.post(&path, &[]).await.status.as_u16()
}

async fn grant(owner: &Actor, span: &str) {
    owner.post("/settings/support", &[("span", span)]).await.must(303);
}

async fn grant_of(nord: &Workshop) -> SupportGrantId {
    let id = sqlx::query_scalar(
        "select id from support_grants where org_id = $1 order by granted_at desc limit 1",
    )
    .bind(nord.org.uuid())
    .fetch_one(&mut nord.db().await)
    .await
    .expect("a grant");
    SupportGrantId::new(id)
}

async fn looked_at(nord: &Workshop) -> Vec<String> {
    sqlx::query_scalar(
        "select summary from audit_events where org_id = $1 and action = 'support.looked' order by at, id",
    )
    .bind(nord.org.uuid())
    .fetch_all(&mut nord.db().await)
    .await
    .expect("looks")
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_grant_there_is_nothing_and_with_one_every_page_is_told() {
    let app = TestApp::new().await;
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    let (owner, petra) = (nord.owner().await, petra(&app).await);
    let ada = owner.make_customer(&[("name", "Ada Byron")]).await;
    assert_eq!(look(&petra, &nord).await, 404);
    grant(&sued.owner().await, "week").await;
    assert_eq!(look(&petra, &nord).await, 404, "another workshop's grant");
    nord.manager()
        .await
        .post("/settings/support", &[("span", "hour")])
        .await
        .must(403);
    owner
        .post("/settings/support", &[("span", "year")])
        .await
        .must(422);
    grant(&owner, "hour").await;
    assert_eq!(look(&petra, &nord).await, 303);
    let page = petra.get(&format!("/customers/{ada}")).await.must(200);
    assert!(
        page.shows("Ada Byron")
            && page.shows("Gantry support can see this workshop until 2 Mar 2026, 11:00.")
    );
    let print = petra.get("/board").await.must(200);
    assert!(print.shows("Gantry support can see"));
    assert_eq!(
        looked_at(&nord).await,
        [
            format!("Looked at /customers/{ada}"),
            "Looked at /board".to_owned()
        ]
    );
    let trail = owner.get("/trail?kind=organization").await.must(200);
    assert!(
        trail.shows("Gave Gantry support access until")
            && trail.shows("Began to look at the workshop")
            && trail.shows("Gantry support")
    );
    assert!(
        !owner
            .get("/customers")
            .await
            .must(200)
            .shows("Gantry support can see")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_ends_with_its_hour_with_the_owners_word_and_with_the_end_of_the_workshop() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (owner, petra) = (nord.owner().await, petra(&app).await);
    grant(&owner, "hour").await;
    assert_eq!(look(&petra, &nord).await, 303);
    app.advance(TimeDelta::minutes(59));
    petra.get("/customers").await.must(200);
    app.advance(TimeDelta::minutes(1));
    assert!(
        petra
            .get("/customers")
            .await
            .must(303)
            .location()
            .starts_with("/sign-in")
    );
    assert_eq!(look(&petra, &nord).await, 404);
    let owner = nord.owner().await;
    grant(&owner, "day").await;
    assert_eq!(look(&petra, &nord).await, 303);
    petra.get("/customers").await.must(200);
    let end = format!("/settings/support/{}/end", grant_of(&nord).await);
    owner.post(&end, &[]).await.must(303);
    petra.get("/customers").await.must(303);
    owner.post(&end, &[]).await.must(404);
    grant(&owner, "week").await;
    assert_eq!(look(&petra, &nord).await, 303);
    nord.db_suspend().await;
    assert_eq!(petra.get("/customers").await.must(303).location(), "/standing");
    // Signing out ends the look for good.
    let nord = app.workshop("west").await;
    grant(&nord.owner().await, "day").await;
    assert_eq!(look(&petra, &nord).await, 303);
    let cookie = petra.cookie_header();
    petra.post("/sign-out", &[]).await.must(303);
    let again = Request::get("/customers")
        .header(header::ACCEPT, "text/html")
        .header(header::COOKIE, cookie);
    let answer = app.visitor().send(again, Body::empty()).await;
    assert_eq!(answer.status, 303);
}

/// What a look may open.
const READS: &[&str] = &[
    "UseWorkshop",
    "SeeStanding",
    "MoveAround",
    "ViewCustomers",
    "ViewWorkOrders",
    "ViewInvoices",
    "ViewFigures",
];

#[tokio::test(flavor = "multi_thread")]
async fn a_look_writes_nothing_and_takes_nothing_along() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let petra = petra(&app).await;
    grant(&nord.owner().await, "hour").await;
    assert_eq!(look(&petra, &nord).await, 303);
    let (mut violations, mut opened, mut refused) = (Violations::default(), 0, 0);
    let routes = product(false).app.routes();
    for route in routes
        .iter()
        .filter(|route| route.right != "public" && route.params.is_empty())
    {
        if route.right == "MoveAround" {
            continue;
        }
        let request = Request::builder()
            .method(route.method)
            .uri(&route.path)
            .header(
                header::ACCEPT,
                if is_function(route) {
                    "application/json"
                } else {
                    "text/html"
                },
            )
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        let answer = petra.send(request, Body::empty()).await;
        let what = format!("{} {}: {}", route.method, route.path, answer.status);
        if route.writes || !READS.contains(&route.right) {
            // A function reads its arguments first.
            let unread = is_function(route) && answer.status == 400;
            violations.unless(answer.status == 403 || unread, || what);
            refused += 1;
        } else if route.method == "GET" {
            violations.unless(answer.status == 200, || what);
            let bare = answer.header("content-type").starts_with("text/html")
                && !answer.shows("Gantry support can see");
            violations.unless(!bare, || format!("{}: no banner", route.path));
            opened += 1;
        }
    }
    violations.none();
    assert!(opened > 8 && refused > 30, "{opened} opened, {refused} refused");
    assert!(looked_at(&nord).await.len() >= opened);
    // With the trail full nothing is seen.
    let deaf = "create function public.deaf() returns trigger language plpgsql as $$ begin raise exception 'the trail is full'; end $$;
                create trigger deaf before insert on audit_events for each statement execute function public.deaf()";
    sqlx::raw_sql(deaf)
        .execute(&mut app.db_admin().await)
        .await
        .expect("a full trail");
    petra.get("/customers").await.must(500);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_that_is_ended_ends_its_streams() {
    let app = TestApp::in_real_time().await;
    app.state().events.start(app.state().db.clone());
    let nord = app.workshop("nord").await;
    let (owner, petra) = (nord.owner().await, petra(&app).await);
    grant(&owner, "hour").await;
    assert_eq!(look(&petra, &nord).await, 303);
    petra
        .stream_ends_with(async || {
            let end = format!("/settings/support/{}/end", grant_of(&nord).await);
            owner.post(&end, &[]).await.must(303);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_sees_what_runs_and_what_ran() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    grant(&owner, "week").await;
    let page = owner.get("/settings/support").await.must(200);
    assert!(page.shows("Active") && page.shows("End now") && page.shows("9 Mar 2026"));
    app.advance(TimeDelta::days(7));
    let page = nord.owner().await.get("/settings/support").await.must(200);
    assert!(page.shows("Ended") && !page.shows("End now"));
}
