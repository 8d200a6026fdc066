//! What an owner still ends where nothing is written any more, and what they are promised when they leave.
use crate::kit::TestApp;
use chrono::TimeDelta;
use gantry::kernel::Role;

#[tokio::test(flavor = "multi_thread")]
async fn a_read_only_workshop_still_puts_people_out() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (owner, rita) = (
        nord.owner().await,
        nord.member("rita", Role::Receptionist, &[]).await,
    );
    nord.db_paid_until(app.now() - TimeDelta::days(20)).await;
    rita.get("/customers").await.must(200);
    let path = format!("/settings/members/{}", rita.member());
    owner.get(&path).await.must(200);
    owner
        .post(&format!("{path}/deactivate"), &[("reason", "Left")])
        .await
        .must(303);
    assert!(
        rita.get("/customers")
            .await
            .must(303)
            .location()
            .starts_with("/sign-in")
    );
    owner.post(&format!("{path}/reactivate"), &[]).await.must(409);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_late_is_promised_no_more_than_they_get() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    // Sixty-seven days after the end it is locked, whoever leaves: seven days from now.
    nord.db_paid_until(app.now() - TimeDelta::days(60)).await;
    let asked = owner.get("/settings/leave").await.must(200);
    assert!(asked.shows("Until 9 Mar 2026 you can come back"));
    owner.post("/settings/leave", &[("sure", "yes")]).await.must(303);
    let letter = app.letter_to(&nord.email("owner")).await;
    assert!(letter.text.contains("Until 9 Mar 2026"), "{}", letter.text);
    app.advance(TimeDelta::days(7));
    let page = nord.owner().await.get("/standing").await.must(200);
    assert!(page.shows("The workshop is locked"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_a_locked_workshop_is_told_that_it_stays_locked() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    nord.db_paid_until(app.now() - TimeDelta::days(100)).await;
    let owner = nord.owner().await;
    let asked = owner.get("/settings/leave").await.must(200);
    assert!(asked.shows("The workshop stays locked") && !asked.shows("you can come back"));
    owner.post("/settings/leave", &[("sure", "yes")]).await.must(303);
    let page = owner.get("/standing").await.must(200);
    assert!(page.shows("The workshop is locked") && !page.text().contains("/settings/leave\" class=\"btn"));
    let letter = app.letter_to(&nord.email("owner")).await;
    assert!(letter.text.contains("The workshop stays locked"));
    owner.post("/settings/data/download", &[]).await.must(200);
}
