//! One person, several workshops, two tabs.
use crate::kit::{Actor, TestApp, Workshop};
use axum::body::Body;
use axum::http::{Request, header};
use gantry::app::product;
use gantry::kernel::{AppError, Conflict, OrgId};

const FORM: &[(&str, &str)] = &[("kind", "person"), ("name", "Ada"), ("anyway", "yes")];

/// Rita of nord, who is a manager in sued as well.
async fn rita(nord: &Workshop, sued: &Workshop) -> Actor {
    let rita = nord.receptionist().await;
    sued.invite("receptionist@nord.test", "manager").await.must(303);
    let (_, link) = sued.db_invite("receptionist@nord.test").await;
    let browser = nord.app().visitor();
    browser
        .post(&link, &[("password", crate::kit::PASSWORD)])
        .await
        .must(303);
    rita
}

async fn switch(rita: &Actor, org: OrgId) -> u16 {
    let org = org.to_string();
    rita.post("/session/workshop", &[("workshop", &org)])
        .await
        .status
        .as_u16()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_switches_between_workshops_with_the_role_of_each() {
    let app = TestApp::new().await;
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    let alone = nord.owner().await.get("/dashboard").await.must(200);
    assert!(!alone.text().contains("/session/workshop"), "nothing to switch");
    let rita = rita(&nord, &sued).await;
    let page = rita.get("/dashboard").await.must(200);
    assert!(page.text().contains("action=\"/session/workshop\"") && page.shows("Workshop sued"));
    rita.get("/customers").await.must(200);
    let customer = rita.make_customer(&[]).await;
    assert_eq!(switch(&rita, sued.org).await, 303);
    assert!(rita.get("/dashboard").await.must(200).shows("Manager"));
    rita.get(&format!("/customers/{customer}")).await.must(404);
    assert_eq!(switch(&rita, nord.org).await, 303);
    rita.get(&format!("/customers/{customer}")).await.must(200);
    let entered = "select count(*) from audit_events where org_id = $1 and action = 'session.opened' and summary like 'Came in from%'";
    assert_eq!(sued.db_counted(entered).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_switches_to_where_they_are_no_member_or_no_more() {
    let app = TestApp::new().await;
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    let rita = rita(&nord, &sued).await;
    assert_eq!(switch(&rita, app.workshop("west").await.org).await, 404);
    let member: uuid::Uuid =
        sqlx::query_scalar("select id from members where org_id = $1 and role = 'manager'")
            .bind(sued.org.uuid())
            .fetch_one(&mut sued.db().await)
            .await
            .expect("a member");
    let path = format!(
        "/settings/members/{}/deactivate",
        gantry::kernel::MemberId::new(member)
    );
    sued.owner()
        .await
        .post(&path, &[("reason", "Left")])
        .await
        .must(303);
    assert_eq!(switch(&rita, sued.org).await, 404);
    rita.get("/customers").await.must(200);
    assert!(!rita.get("/dashboard").await.must(200).shows("Workshop sued"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_of_a_tab_left_behind_writes_nothing() {
    let app = TestApp::new().await;
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    let rita = rita(&nord, &sued).await;
    let form = rita.get("/customers/new").await.must(200);
    let shown = form.field("_org").expect("the workshop of the page");
    assert_eq!(shown, nord.org.to_string());
    switch(&rita, sued.org).await;
    let fields: Vec<(&str, &str)> = FORM.iter().copied().chain([("_org", shown.as_str())]).collect();
    let refused = rita.post("/customers/new", &fields).await.must(409);
    assert!(refused.shows("You switched to another workshop in another tab"));
    for workshop in [&nord, &sued] {
        assert_eq!(
            workshop
                .db_counted("select count(*) from customers where org_id = $1")
                .await,
            0
        );
    }
    // The switcher itself works from any tab, and the form after switching back.
    let back = nord.org.to_string();
    rita.post("/session/workshop", &[("workshop", &back)])
        .await
        .must(303);
    rita.post("/customers/new", &fields).await.must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_island_of_a_tab_left_behind_is_told_so() {
    let app = TestApp::new().await;
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    let rita = rita(&nord, &sued).await;
    let page = rita.get("/board").await.must(200).text();
    assert!(page.contains(&format!("data-org=\"{}\"", nord.org)));
    switch(&rita, sued.org).await;
    let path = product(false)
        .app
        .routes()
        .into_iter()
        .find(|route| route.path.contains("read_board"))
        .expect("the board's function")
        .path;
    let request = Request::post(path)
        .header(header::ACCEPT, "application/json")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .header("x-gantry-org", nord.org.to_string());
    let answer = rita.send(request, Body::empty()).await.must(409);
    let error: AppError = serde_json::from_slice(&answer.body).expect("our error");
    assert_eq!(error, Conflict::OtherWorkshop.into());
}
