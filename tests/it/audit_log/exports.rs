//! What left the workshop in one piece. No page exports yet, so a handler of the test's own does.
use crate::kit::{Actor, Answer, TestApp};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use axum::routing::post;
use gantry::kernel::AppResult;
use gantry::kernel::permission::ExportData;
use gantry::server::auth::scope::Scope;
use gantry::server::db::exports;
use gantry::server::http::request::attach;
use tower::ServiceExt;

async fn export(mut scope: Scope<ExportData>) -> AppResult<String> {
    exports::record(&mut scope, "Customers as CSV", 1204).await?;
    scope.commit().await?;
    Ok("done".to_owned())
}

async fn export_as(app: &TestApp, actor: &Actor) -> Answer {
    let state = app.state().clone();
    let router = Router::new()
        .route("/export", post(export))
        .layer(axum::middleware::from_fn_with_state(state.clone(), attach))
        .with_state(state);
    let request = Request::post("/export")
        .header(header::COOKIE, actor.cookie_header())
        .body(Body::empty())
        .expect("a request");
    Answer::read(router.oneshot(request).await.expect("an answer")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_told_to_the_owner_of_its_workshop_and_in_the_trail() {
    let app = TestApp::new().await;
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    let owner = nord.owner().await;
    assert!(
        owner
            .get("/trail/exports")
            .await
            .must(200)
            .shows("No exports yet")
    );
    let (mona, rita) = (nord.manager().await, nord.receptionist().await);
    export_as(&app, &mona).await.must(200);
    export_as(&app, &rita).await.must(403);
    let page = owner.get("/trail/exports").await.must(200);
    assert!(page.shows("Customers as CSV") && page.shows("1204") && page.shows("manager"));
    assert!(!page.shows("receptionist"));
    let trail = owner.get("/trail?kind=export").await.must(200);
    assert!(trail.shows("Exported Customers as CSV: 1204 rows"));
    let elsewhere = sued.owner().await.get("/trail/exports").await.must(200);
    assert!(!elsewhere.shows("Customers as CSV"));
}
