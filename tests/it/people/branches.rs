//! Branches and the workshop's own settings.
use crate::kit::{Actor, Answer, TestApp, Workshop};
use gantry::kernel::{BranchId, Role};
use uuid::Uuid;

fn with<'a>(base: &[(&'a str, &'a str)], own: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = base
        .iter()
        .filter(|(name, _)| own.iter().all(|(other, _)| other != name));
    kept.chain(own).copied().collect()
}

async fn open(owner: &Actor, own: &[(&str, &str)]) -> Answer {
    let base = [
        ("name", "Harbour"),
        ("code", "HBR"),
        ("address", "Quay 1"),
        ("time_zone", "Europe/Lisbon"),
        ("fiscal_year_start", "4"),
        ("opens_1", "08:00"),
        ("closes_1", "17:30"),
        ("agreed", "yes"),
    ];
    owner.post("/settings/branches/new", &with(&base, own)).await
}

async fn branch(nord: &Workshop, code: &str) -> BranchId {
    let id: Uuid = sqlx::query_scalar("select id from branches where org_id = $1 and code = $2")
        .bind(nord.org.uuid())
        .bind(code)
        .fetch_one(&mut nord.db().await)
        .await
        .expect("a branch");
    BranchId::new(id)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_opens_after_its_price_was_read_and_whoever_has_all_has_it_at_once() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    let (mara, rita) = (
        nord.member("mara", Role::Manager, &[]).await,
        nord.receptionist().await,
    );
    let page = owner.get("/settings/branches/new").await.must(200);
    assert!(page.shows("You have 1 branch for 29 USD a month. With this one: 39 USD a month."));
    let unread = open(&owner, &[("agreed", "")]).await.must(422);
    assert!(unread.shows("Please confirm the price first.") && unread.text().contains("value=\"Harbour\""));
    open(&owner, &[]).await.must(303);
    assert!(mara.get("/dashboard").await.must(200).shows("Harbour"));
    assert!(!rita.get("/dashboard").await.must(200).shows("Harbour"));
    assert!(
        owner
            .get("/settings/branches")
            .await
            .must(200)
            .shows("Europe/Lisbon")
    );
    let taken = open(&owner, &[("name", "Other")]).await.must(422);
    assert!(taken.shows("Another branch has this code."));
    mara.get("/settings/branches").await.must(403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_click_opens_one_branch() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    let key = owner
        .get("/settings/branches/new")
        .await
        .must(200)
        .field("key")
        .expect("a key");
    for _ in 0..2 {
        open(&owner, &[("key", &key)]).await.must(303);
    }
    assert_eq!(
        nord.db_counted("select count(*) from branches where org_id = $1")
            .await,
        2
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_keeps_its_hours_and_shows_its_numbers() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    owner.make_order(&nord).await;
    let path = format!("/settings/branches/{}", nord.main.id);
    let page = owner.get(&path).await.must(200);
    assert!(page.shows("Work orders") && page.shows("so it cannot change"));
    let version = page.field("version").expect("a version");
    let base = [
        ("name", "Main"),
        ("code", "MAIN"),
        ("time_zone", "Europe/Berlin"),
        ("fiscal_year_start", "1"),
        ("opens_6", "09:00"),
        ("closes_6", "13:00"),
        ("version", version.as_str()),
    ];
    let wrong = owner
        .post(&path, &with(&base, &[("closes_6", "08:00"), ("email", "x")]))
        .await
        .must(422);
    assert!(wrong.shows("Closing time is before opening time.") && wrong.shows("ana@example.com"));
    let renamed = owner
        .post(&path, &with(&base, &[("code", "NEW")]))
        .await
        .must(422);
    assert!(renamed.shows("This code is on documents, so it cannot change."));
    owner.post(&path, &base).await.must(303);
    owner.post(&path, &base).await.must(409);
    let page = owner.get(&path).await.must(200);
    assert!(page.text().contains("value=\"13:00\"") && page.text().contains("value=\"Main\""));
    let open = "select count(*) from branch_hours where org_id = $1 and weekday = 6 and opens_min = 540 and closes_min = 780";
    assert_eq!(nord.db_counted(open).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn before_any_document_a_code_can_change() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    open(&owner, &[]).await.must(303);
    let path = format!("/settings/branches/{}", branch(&nord, "HBR").await);
    let form = [
        ("name", "Harbour"),
        ("code", "PORT"),
        ("time_zone", "Europe/Lisbon"),
        ("fiscal_year_start", "1"),
        ("version", "1"),
    ];
    owner.post(&path, &form).await.must(303);
    branch(&nord, "PORT").await;
}

async fn settings(owner: &Actor, own: &[(&str, &str)]) -> Answer {
    let version = owner
        .get("/settings/workshop")
        .await
        .must(200)
        .field("version")
        .expect("a version");
    let base = [
        ("name", "Workshop nord"),
        ("currency", "EUR"),
        ("distance_unit", "km"),
        ("payment_terms_days", "14"),
        ("require_odometer", "on"),
        ("share_customers", "on"),
        ("receptionists_take_payments", "on"),
        ("version", version.as_str()),
    ];
    owner.post("/settings/workshop", &with(&base, own)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_hold_from_the_next_request_with_before_and_after_in_the_trail() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (owner, tomas) = (nord.owner().await, nord.technician("tomas").await);
    tomas.get("/customers").await.must(403);
    let changed = [
        ("technicians_create", "on"),
        ("name", "Nord & Co"),
        ("payment_terms_days", "30"),
    ];
    settings(&owner, &changed).await.must(303);
    tomas.get("/customers").await.must(200);
    assert!(tomas.get("/dashboard").await.must(200).shows("Nord & Co"));
    let (before, after): (String, String) = sqlx::query_as(
        "select detail -> 'before' ->> 'Payment terms', detail -> 'after' ->> 'Payment terms'
           from audit_events where org_id = $1 and action = 'workshop.changed'",
    )
    .bind(nord.org.uuid())
    .fetch_one(&mut nord.db().await)
    .await
    .expect("a trail");
    assert_eq!((before.as_str(), after.as_str()), ("14", "30"));
    let wrong = settings(&owner, &[("payment_terms_days", "1000"), ("name", " ")])
        .await
        .must(422);
    assert!(wrong.shows("Must be 0 to 365 days.") && wrong.shows("Enter a name."));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_country_is_chosen_from_a_list_and_stays_where_none_is_sent() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    settings(&owner, &[("country", "IN")]).await.must(303);
    settings(&owner, &[("name", "Nord & Co")]).await.must(303);
    assert_eq!(
        nord.db_counted("select count(*) from organization_settings where org_id = $1 and country = 'IN'")
            .await,
        1
    );
    settings(&owner, &[("country", "Atlantis")]).await.must(422);
}

/// A setting that is added is known to every request without a function being written anew.
#[tokio::test(flavor = "multi_thread")]
async fn a_request_gets_every_column_of_the_settings() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    nord.owner().await.get("/dashboard").await.must(200);
    let mut db = app.db_admin().await;
    sqlx::query("alter table organization_settings add column probe text not null default 'there'")
        .execute(&mut db)
        .await
        .expect("a column");
    let probe: Option<String> = sqlx::query_scalar(
        "select auth.authenticate(s.token_hash, s.last_seen_at, interval '1 day') #>> '{settings,probe}' from auth.sessions s where s.org_id = $1",
    )
    .bind(nord.org.uuid())
    .fetch_one(&mut db)
    .await
    .expect("a session");
    assert_eq!(probe.as_deref(), Some("there"));
}

#[tokio::test(flavor = "multi_thread")]
async fn stale_settings_are_not_saved() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    settings(&owner, &[]).await.must(303);
    let stale = settings(&owner, &[("version", "1"), ("name", "Mine")])
        .await
        .must(409);
    assert!(stale.shows("Someone else saved this workshop while you were editing"));
    assert_eq!(
        nord.db_counted("select count(*) from organization_settings where org_id = $1 and name = 'Mine'")
            .await,
        0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_currency_stands_once_something_is_posted() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    settings(&owner, &[("currency", "USD")]).await.must(303);
    let order = nord.db_ready_order().await;
    owner.make_invoice(order).await;
    let refused = settings(&owner, &[("currency", "EUR")]).await.must(422);
    assert!(refused.shows("so it cannot change."));
    // Around the product too.
    let update = sqlx::query("update organization_settings set currency = 'EUR' where org_id = $1")
        .bind(nord.org.uuid())
        .execute(&mut nord.db().await)
        .await;
    let error = update.expect_err("another currency");
    assert_eq!(
        error
            .as_database_error()
            .and_then(|e| e.code().map(|c| c.into_owned()))
            .as_deref(),
        Some("GA021")
    );
    settings(&owner, &[("currency", "USD"), ("payment_terms_days", "7")])
        .await
        .must(303);
}
