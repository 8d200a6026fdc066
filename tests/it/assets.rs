//! Vehicles and devices through the front door.
mod examples;

use crate::kit::TestApp;
use crate::kit::tables::db_order;
use gantry::kernel::{AssetId, Role};

#[tokio::test(flavor = "multi_thread")]
async fn a_vehicle_cannot_exist_without_an_owner() {
    let app = TestApp::new().await;
    let (nord, west) = (app.workshop("nord").await, app.workshop("west").await);
    let (rita, stranger) = (nord.receptionist().await, west.owner().await);
    let foreign = stranger.make_customer(&[("name", "Foreign")]).await;
    assert!(
        rita.get("/vehicles/new")
            .await
            .must(200)
            .shows("Choose the owner first.")
    );
    rita.get(&format!("/vehicles/new?customer={foreign}"))
        .await
        .must(404);
    let refused = rita
        .post("/vehicles/new", &[("plate", "B-AB 1234")])
        .await
        .must(422);
    assert!(refused.shows("Choose the owner."));
    let foreign = foreign.to_string();
    rita.post("/vehicles/new", &[("customer", &foreign), ("plate", "B-AB 1234")])
        .await
        .must(404);
    rita.post(
        "/vehicles/new",
        &[("customer", "cus_nobody"), ("plate", "B-AB 1234")],
    )
    .await
    .must(404);
    assert!(rita.get("/vehicles").await.must(200).shows("No vehicles yet"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vehicle_is_listed_found_and_shown() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let rita = nord.receptionist().await;
    let ada = rita.make_customer(&[]).await;
    let car = rita
        .make_vehicle(ada, &[("vin", "WVWZZZ1JZXW000001"), ("unit_number", "Van 7")])
        .await;
    let list = rita.get("/vehicles").await.must(200);
    assert!(list.shows("B-AB 1234") && list.shows("Ada Lovelace"));
    assert!(
        rita.get("/vehicles?q=bab1234")
            .await
            .must(200)
            .shows("Volkswagen Golf")
    );
    let page = rita.get(&format!("/vehicles/{car}")).await.must(200);
    assert!(page.shows("Van 7") && page.shows("WVWZZZ1JZXW000001"));
    assert!(page.text().contains(&format!("href=\"/customers/{ada}\"")));
    let (statements, trips) = page.effort();
    assert!(statements <= 12 && trips <= 6, "{statements} {trips}");
    let owner = rita.get(&format!("/customers/{ada}")).await.must(200);
    assert!(owner.text().contains(&format!("/vehicles/{car}")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_live_plate_is_there_once_and_free_again_when_archived() {
    let app = TestApp::new().await;
    let rita = app.workshop("nord").await.receptionist().await;
    let ada = rita.make_customer(&[]).await;
    let car = rita.make_vehicle(ada, &[]).await;
    let owner = ada.to_string();
    let again = [("customer", owner.as_str()), ("plate", "b ab1234")];
    let refused = rita.post("/vehicles/new", &again).await.must(422);
    assert!(refused.text().contains(&format!("/vehicles/{car}")));
    rita.post(&format!("/vehicles/{car}/archive"), &[("reason", "Sold")])
        .await
        .must(303);
    assert!(!rita.get("/vehicles").await.text().contains(&car.to_string()));
    let new: AssetId = rita.post("/vehicles/new", &again).await.must(303).id();
    rita.post(&format!("/vehicles/{car}/restore"), &[])
        .await
        .must(409);
    rita.post(&format!("/vehicles/{new}/archive"), &[("reason", "Typing error")])
        .await
        .must(303);
    rita.post(&format!("/vehicles/{car}/restore"), &[])
        .await
        .must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vin_whose_check_digit_does_not_fit_is_saved_with_a_warning() {
    let app = TestApp::new().await;
    let rita = app.workshop("nord").await.receptionist().await;
    let ada = rita.make_customer(&[]).await;
    let car = rita.make_vehicle(ada, &[("vin", "1M8GDM9A1KP042788")]).await;
    assert!(
        rita.get(&format!("/vehicles/{car}"))
            .await
            .shows("Check digit is wrong")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lower_odometer_needs_a_reason() {
    let app = TestApp::new().await;
    let rita = app.workshop("nord").await.receptionist().await;
    let ada = rita.make_customer(&[]).await;
    let car = rita.make_vehicle(ada, &[]).await;
    let (href, to) = (format!("/vehicles/{car}"), format!("/vehicles/{car}/odometer"));
    rita.post(&to, &[("value", "84,250")]).await.must(303);
    assert!(rita.get(&href).await.shows("84,250 km"));
    let asked = rita.post(&to, &[("value", "8425")]).await.must(422);
    assert!(asked.shows("Why is it lower?"));
    assert_eq!(asked.field("value").as_deref(), Some("8425"));
    assert!(!rita.get(&href).await.shows("8,425 km"));
    rita.post(
        &to,
        &[("value", "8425"), ("odometer_reason", "New instrument cluster")],
    )
    .await
    .must(303);
    let page = rita.get(&href).await;
    assert!(page.shows("8,425 km") && page.shows("New instrument cluster") && page.shows("Lower"));
    rita.post(&to, &[("value", "a lot")]).await.must(422);
    rita.post(&to, &[("value", "")]).await.must(422);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_click_writes_one_reading() {
    let app = TestApp::new().await;
    let rita = app.workshop("nord").await.receptionist().await;
    let ada = rita.make_customer(&[]).await;
    let car = rita.make_vehicle(ada, &[]).await;
    let href = format!("/vehicles/{car}");
    let key = rita.get(&href).await.field("key").expect("a key");
    for _ in 0..2 {
        rita.post(&format!("{href}/odometer"), &[("value", "120000"), ("key", &key)])
            .await
            .must(303);
    }
    let log = rita.get(&href).await.text();
    assert_eq!(log.matches("data-label=\"Source\"").count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_editors_of_a_vehicle_are_told_of_each_other() {
    let app = TestApp::new().await;
    let rita = app.workshop("nord").await.receptionist().await;
    let ada = rita.make_customer(&[]).await;
    let car = rita.make_vehicle(ada, &[]).await;
    let edit = format!("/vehicles/{car}/edit");
    let version = rita
        .get(&edit)
        .await
        .must(200)
        .field("version")
        .expect("a version");
    rita.post(
        &edit,
        &[("plate", "B-AB 1234"), ("make", "Audi"), ("version", &version)],
    )
    .await
    .must(303);
    let page = rita
        .post(
            &edit,
            &[("plate", "B-AB 1234"), ("make", "Opel"), ("version", &version)],
        )
        .await
        .must(409);
    assert!(page.shows("Someone else saved this vehicle") && page.shows("Audi"));
    assert_eq!(page.field("make").as_deref(), Some("Opel"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_spans_branches_and_leads_only_where_the_member_works() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let west = nord.branch("WEST").await;
    let rita = nord.receptionist().await;
    let ada = rita.make_customer(&[]).await;
    let car = rita.make_vehicle(ada, &[]).await;
    let here = db_order(&nord, &nord.main, ada, car, 1).await;
    let there = db_order(&nord, &west, ada, car, 2).await;
    let page = rita.get(&format!("/vehicles/{car}")).await.must(200);
    assert!(page.shows("MAIN-1") && page.shows("WEST-2"));
    assert!(page.text().contains(&format!("/work-orders/{here}")));
    assert!(!page.text().contains(&format!("/work-orders/{there}")));
    let wanda = nord.member("wanda", Role::Manager, &[west.id]).await;
    let page = wanda.get(&format!("/vehicles/{car}")).await.must(200);
    assert!(page.text().contains(&format!("/work-orders/{there}")));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_workshops_vehicle_is_not_found() {
    let app = TestApp::new().await;
    let (nord, west) = (app.workshop("nord").await, app.workshop("west").await);
    let (rita, stranger) = (nord.receptionist().await, west.owner().await);
    let ada = rita.make_customer(&[]).await;
    let car = rita.make_vehicle(ada, &[]).await;
    for path in ["", "/edit"] {
        stranger.get(&format!("/vehicles/{car}{path}")).await.must(404);
    }
    for (path, field) in [
        ("edit", "make"),
        ("odometer", "value"),
        ("archive", "reason"),
        ("restore", "none"),
    ] {
        stranger
            .post(&format!("/vehicles/{car}/{path}"), &[(field, "1")])
            .await
            .must(404);
    }
    let theirs = stranger.make_customer(&[]).await;
    stranger.make_vehicle(theirs, &[]).await;
}
