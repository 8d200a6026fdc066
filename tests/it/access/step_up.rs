//! Sensitive acts ask who is there.
use super::count;
use crate::kit::{PASSWORD, TestApp};
use chrono::TimeDelta;

const ROLE: [(&str, &str); 2] = [("name", "Foreman & <Co>"), ("base", "technician")];

#[tokio::test(flavor = "multi_thread")]
async fn after_ten_minutes_a_sensitive_form_asks_for_the_password_and_loses_nothing() {
    let app = TestApp::new().await;
    let owner = app.workshop("nord").await.owner().await;
    app.advance(TimeDelta::minutes(10));
    owner.post("/settings/roles/second-factor", &[]).await.must(303);
    app.advance(TimeDelta::seconds(5));
    owner.get("/settings/roles").await.must(200);
    let asked = owner.post("/settings/roles/new", &ROLE).await.must(403);
    assert!(asked.shows("Enter your password to continue"));
    assert_eq!(asked.header("cache-control"), "no-store");
    assert!(asked.text().contains("action=\"/settings/roles/new\""));
    assert_eq!(asked.field("name").as_deref(), Some("Foreman &amp; &lt;Co&gt;"));
    assert_eq!(asked.field("base").as_deref(), Some("technician"));
    assert_eq!(count(&app, "select count(*) from custom_roles").await, 0);
    let again = [ROLE[0], ROLE[1], ("confirm_password", "wrong wrong wrong")];
    let wrong = owner.post("/settings/roles/new", &again).await.must(422);
    assert!(wrong.shows("Wrong password.") && wrong.field("name").is_some());
    assert!(
        wrong.field("confirm_password").is_none(),
        "a password never comes back"
    );
    let right = [ROLE[0], ROLE[1], ("confirm_password", PASSWORD)];
    let done = owner.post("/settings/roles/new", &right).await.must(303);
    assert_eq!(done.location(), "/settings/roles");
    assert!(owner.get("/settings/roles").await.shows("Foreman & <Co>"));
    app.advance(TimeDelta::minutes(9));
    owner.post("/settings/roles/second-factor", &[]).await.must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_of_rights_goes_through_the_question_unchanged() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (owner, rita) = (nord.owner().await, nord.receptionist().await);
    rita.get("/invoices").await.must(200);
    app.advance(TimeDelta::minutes(11));
    let table = [
        ("shown[]", "receptionist"),
        ("receptionist[]", "ViewCustomers"),
        ("receptionist[]", "ViewWorkOrders"),
    ];
    owner.post("/settings/roles", &table).await.must(403);
    rita.get("/invoices").await.must(200);
    let mut again = table.to_vec();
    again.push(("confirm_password", PASSWORD));
    owner.post("/settings/roles", &again).await.must(303);
    rita.get("/invoices").await.must(403);
    rita.get("/customers").await.must(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_at_the_question_are_guesses_at_the_password() {
    let app = TestApp::new().await;
    let owner = app.workshop("nord").await.owner().await;
    app.advance(TimeDelta::minutes(11));
    let guess = [ROLE[0], ROLE[1], ("confirm_password", "wrong wrong wrong")];
    for _ in 0..5 {
        owner.post("/settings/roles/new", &guess).await.must(422);
    }
    let right = [ROLE[0], ROLE[1], ("confirm_password", PASSWORD)];
    let slowed = owner.post("/settings/roles/new", &right).await.must(429);
    assert!(slowed.shows("Too many attempts.") && slowed.field("name").is_some());
    assert_eq!(count(&app, "select count(*) from custom_roles").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_no_right_is_not_asked_and_what_is_not_sensitive_never_asks() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let rita = nord.receptionist().await;
    app.advance(TimeDelta::hours(2));
    assert!(
        !rita
            .post("/settings/roles/new", &ROLE)
            .await
            .must(403)
            .shows("Enter your password to continue")
    );
    rita.post("/customers/new", &[("kind", "person"), ("name", "Ada")])
        .await
        .must(303);
    let rita_elsewhere = nord.owner().await;
    rita_elsewhere.post("/settings/roles/new", &ROLE).await.must(303);
}
