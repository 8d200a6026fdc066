//! One box for everything.
use crate::kit::tables::db_order;
use crate::kit::{Actor, TestApp};
use gantry::features::search::api::Find;
use gantry::features::search::model::HitKind;
use gantry::kernel::Role;

async fn finds(who: &Actor, query: &str) -> Vec<(HitKind, String)> {
    let hits = who.call(Find { query: query.into() }).await.expect("an answer");
    hits.into_iter().map(|hit| (hit.kind, hit.title)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn search_finds_by_plate_phone_name_vin_and_forgives_a_typo() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let rita = nord.receptionist().await;
    let customer = rita
        .make_customer(&[
            ("name", "Jörg Müller"),
            ("phone", "+49 30 9876543"),
            ("email", "jm@example.com"),
        ])
        .await;
    let car = rita.make_vehicle(customer, &[("vin", "WVWZZZ1JZXW000001")]).await;
    db_order(&nord, &nord.main, customer, car, 1042).await;
    let person = (HitKind::Customer, "Jörg Müller".to_owned());
    let golf = (HitKind::Vehicle, "Volkswagen Golf".to_owned());
    let order = (HitKind::WorkOrder, "MAIN-1042".to_owned());
    for query in [
        "müller",
        "Mueller",
        "MULLER",
        "Mueler",
        "Jörg Müller",
        "joerg mueller",
        "müll",
        "030 9876543",
        "9876543",
        "jm@example",
    ] {
        assert!(finds(&rita, query).await.contains(&person), "{query}");
    }
    for query in [
        "B-AB 1234",
        "bab1234",
        "b ab 12",
        "WVWZZZ1JZXW000001",
        "1jzxw0000",
        "Volkswagen",
        "volkswagn",
        "golf vol",
    ] {
        assert!(finds(&rita, query).await.contains(&golf), "{query}");
    }
    for query in ["1042", "MAIN-1042", "main1042", "bab1234", "müller"] {
        assert!(finds(&rita, query).await.contains(&order), "{query}");
    }
    for query in ["", "m", "%", "__", "' or 1=1 --", "xqzwv", "\\"] {
        assert_eq!(finds(&rita, query).await, [], "{query}");
    }
    let page = rita.get("/search?q=Mueler").await.must(200);
    assert!(page.shows("Jörg Müller") && page.text().contains(&format!("/customers/{customer}")));
    assert!(
        rita.get("/search")
            .await
            .must(200)
            .shows("What are you looking for?")
    );
    assert!(rita.get("/search?q=xqzwv").await.must(200).shows("Nothing found"));
}

#[tokio::test(flavor = "multi_thread")]
async fn search_never_shows_another_workshops_rows() {
    let app = TestApp::new().await;
    let (nord, west) = (app.workshop("nord").await, app.workshop("west").await);
    let rita = nord.receptionist().await;
    let ada = rita.make_customer(&[]).await;
    let car = rita.make_vehicle(ada, &[]).await;
    db_order(&nord, &nord.main, ada, car, 1042).await;
    let stranger = west.owner().await;
    for query in ["Lovelace", "Lovelase", "bab1234", "1042", "030 1234567"] {
        assert!(!finds(&rita, query).await.is_empty(), "{query}");
        assert_eq!(finds(&stranger, query).await, [], "{query}");
        let page = stranger
            .get(&format!("/search?q={}", query.replace(' ', "+")))
            .await
            .must(200);
        assert!(!page.shows("Ada Lovelace") && !page.shows("MAIN-1042"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_technician_finds_the_orders_that_name_him_and_no_customers() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (rita, tomas) = (nord.receptionist().await, nord.technician("tomas").await);
    let ada = rita.make_customer(&[]).await;
    let car = rita.make_vehicle(ada, &[]).await;
    let order = db_order(&nord, &nord.main, ada, car, 1042).await;
    assert_eq!(finds(&tomas, "bab1234").await, []);
    nord.db_assign(order, tomas.member()).await;
    let own = [(HitKind::WorkOrder, "MAIN-1042".to_owned())];
    assert_eq!(finds(&tomas, "bab1234").await, own);
    assert_eq!(finds(&tomas, "lovelace").await, own);
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_of_another_branch_are_not_found() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let west = nord.branch("WEST").await;
    let rita = nord.receptionist().await;
    let ada = rita.make_customer(&[]).await;
    let car = rita.make_vehicle(ada, &[]).await;
    db_order(&nord, &west, ada, car, 77).await;
    assert_eq!(finds(&rita, "WEST-77").await, []);
    let wanda = nord.member("wanda", Role::Manager, &[west.id]).await;
    assert_eq!(
        finds(&wanda, "WEST-77").await,
        [(HitKind::WorkOrder, "WEST-77".to_owned())]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changes_is_found_by_its_new_name_only() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let rita = nord.receptionist().await;
    let ada = rita.make_customer(&[]).await;
    let car = rita.make_vehicle(ada, &[]).await;
    db_order(&nord, &nord.main, ada, car, 5).await;
    let edit = format!("/customers/{ada}/edit");
    let version = rita.get(&edit).await.field("version").expect("a version");
    rita.post(
        &edit,
        &[
            ("kind", "person"),
            ("name", "Grace Hopper"),
            ("version", &version),
        ],
    )
    .await
    .must(303);
    assert_eq!(finds(&rita, "lovelace").await, []);
    assert_eq!(finds(&rita, "hopper").await.len(), 2);
}
