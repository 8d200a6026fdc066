//! What one of us does to a workshop: plan, suspension, notes.
use super::{path, petra};
use crate::kit::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn plan_and_end_are_set_by_hand_and_told_twice() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (owner, petra) = (nord.owner().await, petra(&app).await);
    nord.db_paid_until(app.now() - chrono::TimeDelta::days(20)).await;
    owner
        .post("/customers/new", &[("kind", "person"), ("name", "Ada")])
        .await
        .must(409);
    petra
        .post(&path(&nord, "/plan"), &[("plan", "trial"), ("ends_on", "")])
        .await
        .must(422);
    let fields = [("plan", "standard"), ("ends_on", "2027-03-01")];
    petra.post(&path(&nord, "/plan"), &fields).await.must(303);
    owner
        .post("/customers/new", &[("kind", "person"), ("name", "Ada")])
        .await
        .must(303);
    let summary = "Set the plan: standard, until 2027-03-01";
    assert!(petra.get(&path(&nord, "")).await.must(200).shows(summary));
    assert!(petra.get("/platform/history").await.must(200).shows(summary));
    let trail = owner.get("/trail?kind=organization").await.must(200);
    assert!(trail.shows(summary) && trail.shows("Gantry support"));
    assert!(!trail.shows("Petra"), "who of us it was stays with us");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_is_kept_for_us_once_and_the_workshop_never_sees_it() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (owner, petra) = (nord.owner().await, petra(&app).await);
    petra
        .post(&path(&nord, "/note"), &[("note", " ")])
        .await
        .must(422);
    let note = [("note", "Wants a call back on Monday")];
    for _ in 0..2 {
        petra.post(&path(&nord, "/note"), &note).await.must(303);
    }
    let one = petra.get(&path(&nord, "")).await.must(200);
    assert_eq!(
        one.text().matches("Noted: Wants a call back on Monday").count(),
        1
    );
    assert!(one.shows("All sent"));
    let trail = owner.get("/trail").await.must(200);
    assert!(!trail.shows("call back"));
    petra
        .post(
            "/platform/organizations/org_00000000000000000000000000/note",
            &note,
        )
        .await
        .must(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workshop_is_suspended_and_opened_again_with_a_reason() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (owner, petra) = (nord.owner().await, petra(&app).await);
    petra.post(&path(&nord, "/suspend"), &[]).await.must(422);
    let why = [("reason", "Stolen card")];
    petra.post(&path(&nord, "/suspend"), &why).await.must(303);
    petra.post(&path(&nord, "/suspend"), &why).await.must(409);
    assert_eq!(owner.get("/customers").await.must(303).location(), "/standing");
    assert!(petra.get(&path(&nord, "")).await.must(200).shows("Suspended"));
    petra
        .post(&path(&nord, "/resume"), &[("reason", "It was not")])
        .await
        .must(303);
    owner.get("/customers").await.must(200);
    let trail = owner.get("/trail?kind=organization").await.must(200);
    assert!(
        trail.shows("Suspended the workshop: Stolen card")
            && trail.shows("Opened the workshop again: It was not")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_that_runs_takes_back_who_left_long_ago() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    owner.post("/settings/leave", &[("sure", "yes")]).await.must(303);
    app.advance(chrono::TimeDelta::days(40));
    let owner = nord.owner().await;
    assert_eq!(owner.get("/customers").await.must(303).location(), "/standing");
    let petra = petra(&app).await;
    let fields = [("plan", "standard"), ("ends_on", "")];
    petra.post(&path(&nord, "/plan"), &fields).await.must(303);
    owner.get("/customers").await.must(200);
    let summary = "Set the plan: standard, without end, taken back in";
    assert!(petra.get(&path(&nord, "")).await.must(200).shows(summary));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_day_of_a_plan_is_included() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let petra = petra(&app).await;
    let fields = [("plan", "standard"), ("ends_on", "2026-03-10")];
    petra.post(&path(&nord, "/plan"), &fields).await.must(303);
    let one = petra.get(&path(&nord, "")).await.must(200);
    assert!(one.shows("Standard, 10 Mar 2026") && one.shows("until 2026-03-10"));
    assert_eq!(one.field("ends_on").as_deref(), Some("2026-03-10"));
    let until: chrono::DateTime<chrono::Utc> =
        sqlx::query_scalar("select expires_at from auth.organizations where id = $1")
            .bind(nord.org.uuid())
            .fetch_one(&mut nord.db().await)
            .await
            .expect("a date");
    assert_eq!(until.to_rfc3339(), "2026-03-11T00:00:00+00:00");
    let nowhere = format!(
        "/platform/organizations/{}/suspend",
        gantry::kernel::OrgId::new(uuid::Uuid::from_u128(7))
    );
    petra.post(&nowhere, &[("reason", "Nobody")]).await.must(404);
}
