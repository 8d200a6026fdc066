//! What ends a look, and whose look it was.
use super::{grant, grant_of, look, looked_at};
use crate::kit::TestApp;
use crate::kit::make::platform::petra;
use chrono::TimeDelta;

#[tokio::test(flavor = "multi_thread")]
async fn a_look_ends_with_the_shift_the_sign_out_and_the_account() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    grant(&nord.owner().await, "week").await;
    let signed_out = petra(&app).await;
    assert_eq!(look(&signed_out, &nord).await, 303);
    signed_out.get("/board").await.must(200);
    signed_out.post("/platform/sign-out", &[]).await.must(303);
    assert!(
        signed_out
            .get("/board")
            .await
            .must(303)
            .location()
            .starts_with("/sign-in")
    );

    let robbed = petra(&app).await;
    assert_eq!(look(&robbed, &nord).await, 303);
    robbed.get("/board").await.must(200);
    // Making the account anew gives it another password.
    let tired = petra(&app).await;
    assert!(
        robbed
            .get("/board")
            .await
            .must(303)
            .location()
            .starts_with("/sign-in")
    );

    assert_eq!(look(&tired, &nord).await, 303);
    app.advance(TimeDelta::hours(7));
    tired.get("/board").await.must(200);
    app.advance(TimeDelta::hours(1));
    assert!(
        tired
            .get("/board")
            .await
            .must(303)
            .location()
            .starts_with("/sign-in")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_granted_twice_runs_once_and_ends_at_once() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (owner, petra) = (nord.owner().await, petra(&app).await);
    for span in ["week", "week", "hour"] {
        grant(&owner, span).await;
    }
    assert_eq!(look(&petra, &nord).await, 303);
    let end = format!("/settings/support/{}/end", grant_of(&nord).await);
    owner.post(&end, &[]).await.must(303);
    assert!(
        petra
            .get("/board")
            .await
            .must(303)
            .location()
            .starts_with("/sign-in")
    );
    assert_eq!(look(&petra, &nord).await, 404);
    owner.post(&end, &[]).await.must(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_workshop_knows_what_was_searched_and_we_know_who_looked() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    grant(&nord.owner().await, "hour").await;
    let petra = petra(&app).await;
    assert_eq!(look(&petra, &nord).await, 303);
    petra.get("/customers?q=Byron").await.must(200);
    assert_eq!(looked_at(&nord).await, ["Looked at /customers?q=Byron"]);
    let ours: Vec<(String, String)> = sqlx::query_as(
        "select admin_name, summary from auth.platform_events where action = 'support.looked'",
    )
    .fetch_all(&mut app.db_admin().await)
    .await
    .expect("looks");
    assert_eq!(ours, [("Petra".to_owned(), "Looked at /customers".to_owned())]);
}
