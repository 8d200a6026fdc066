//! One box for everything.
mod examples;

use crate::kit::tables::db_order;
use crate::kit::{Actor, TestApp};
use gantry::features::search::api::Find;
use gantry::features::search::model::{Hit, HitKind, Near};
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
    assert!(rita.get("/search?q=xqzwv").await.must(200).shows("No results"));
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
async fn a_technician_finds_the_orders_that_name_them_and_no_customers() {
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

#[tokio::test(flavor = "multi_thread")]
async fn a_plate_or_vin_with_one_slip_of_the_finger_is_found_after_the_exact_ones() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let rita = nord.receptionist().await;
    let ada = rita.make_customer(&[]).await;
    let golf = [("plate", "HH-GR 1234"), ("vin", "WVWZZZ1JZXW123457")];
    let golf = rita.make_vehicle(ada, &golf).await;
    db_order(&nord, &nord.main, ada, golf, 1042).await;
    let near = |query: &'static str| {
        let rita = &rita;
        async move {
            let hits = rita.call(Find { query: query.into() }).await.expect("an answer");
            let facts = |hit: Hit| (hit.kind, hit.plate, hit.near);
            hits.into_iter().map(facts).collect::<Vec<_>>()
        }
    };
    let found = |near| {
        let plate = "HH-GR 1234".to_owned();
        vec![
            (HitKind::Vehicle, plate.clone(), near),
            (HitKind::WorkOrder, plate, near),
        ]
    };
    // Swapped, wrong, too few, too many, look-alikes.
    for query in [
        "HH-RG 1234",
        "hhgr1243",
        "HH GR 1334",
        "HH-GR 134",
        "HH-GR 12234",
        "HH-GR I234",
        "HHGRI2B4",
    ] {
        assert_eq!(near(query).await, found(Some(Near::Plate)), "{query}");
    }
    for query in [
        "123475",
        "W123451",
        "XW133457",
        "XW1123457",
        "WVWZZZ1JZXW123451",
        "WVWZZZIJZXW123457",
        "WVWZZ1JZXW123457",
        "WVZWZZ1JZXW123457",
    ] {
        assert_eq!(near(query).await, found(Some(Near::Vin)), "{query}");
    }
    // What fits is no near miss, and two slips are another car.
    for (query, times) in [("HH-GR 1234", 2), ("hhgr12", 2), ("123457", 1), ("W123457", 1)] {
        let hits = near(query).await;
        assert!(hits.len() >= times && hits[0].2.is_none(), "{query}: {hits:?}");
    }
    for query in ["HH-RG 1243", "HH-XX 1234", "654321", "WVWZZZ1JZXW999999"] {
        assert!(
            near(query).await.iter().all(|(.., near)| near.is_none()),
            "{query}"
        );
    }
    // The exact one stands first where another begins alike.
    let polo = rita
        .make_vehicle(ada, &[("plate", "HH-GR 12345"), ("vin", "")])
        .await;
    let hits = near("HH-GR 1234").await;
    assert_eq!((hits[0].1.as_str(), hits[0].2), ("HH-GR 1234", None));
    let hits = near("HH-GR 12945").await;
    assert_eq!(
        hits,
        [(HitKind::Vehicle, "HH-GR 12345".to_owned(), Some(Near::Plate))]
    );
    let page = rita.get("/search?q=HH-GR+12945").await.must(200);
    assert!(page.shows("Similar plate") && page.text().contains(&polo.to_string()));
    // The lists have no word for what is only similar.
    for (list, exact, slip) in [
        ("/vehicles", "HH-GR+12345", "HH-GR+12945"),
        ("/work-orders", "hhgr1234", "HH-RG+1234"),
    ] {
        for (query, found) in [(exact, true), (slip, false)] {
            let page = rita.get(&format!("{list}?q={query}")).await.must(200);
            assert_eq!(page.shows("HH-GR 1234"), found, "{list} {query}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_similar_plate_is_found_only_by_those_who_may_see_it() {
    let app = TestApp::new().await;
    let (nord, west) = (app.workshop("nord").await, app.workshop("west").await);
    let (rita, tomas) = (nord.receptionist().await, nord.technician("tomas").await);
    let ada = rita.make_customer(&[]).await;
    let car = rita.make_vehicle(ada, &[("plate", "HH-GR 1234")]).await;
    let order = db_order(&nord, &nord.main, ada, car, 1042).await;
    assert_eq!(finds(&rita, "HH-GR 1243").await.len(), 2);
    assert_eq!(finds(&west.owner().await, "HH-GR 1243").await, []);
    assert_eq!(finds(&tomas, "HH-GR 1243").await, []);
    nord.db_assign(order, tomas.member()).await;
    let own = [(HitKind::WorkOrder, "MAIN-1042".to_owned())];
    assert_eq!(finds(&tomas, "HH-GR 1243").await, own);
    // Another branch's customers, where they are not shared.
    let second = nord.branch("WEST").await;
    let wanda = nord.member("wanda", Role::Manager, &[second.id]).await;
    assert_eq!(finds(&wanda, "HH-GR 1243").await.len(), 1);
    nord.db_switch("share_customers", false).await;
    assert_eq!(finds(&wanda, "HH-GR 1243").await, []);
    assert!(
        !wanda
            .look_up(&[("plate", "HH-GR 1243")])
            .await
            .must(200)
            .shows("HH-GR 1234")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_telephone_number_finds_the_customer_and_what_is_here() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (rita, tomas) = (nord.receptionist().await, nord.technician("tomas").await);
    let ada = rita.make_customer(&[("phone", "+49 30 9876543")]).await;
    let car = rita.make_vehicle(ada, &[]).await;
    let order = db_order(&nord, &nord.main, ada, car, 1042).await;
    for query in ["030 9876543", "+49 30 9876543", "9876543"] {
        let kinds: Vec<HitKind> = finds(&rita, query).await.into_iter().map(|hit| hit.0).collect();
        let all = [HitKind::Customer, HitKind::Vehicle, HitKind::WorkOrder];
        assert_eq!(kinds, all, "{query}");
        assert_eq!(
            finds(&tomas, query).await,
            [],
            "no customers, so no telephone numbers"
        );
    }
    let gone = [("to", "cancelled"), ("reason", "Sold")];
    rita.on_order(order, "moves", &gone).await.must(303);
    assert_eq!(finds(&rita, "9876543").await.len(), 2, "only what is open");
}
