//! Check-in: a walk-in in one screen.
mod examples;
mod look_up;

use crate::kit::{TestApp, Workshop};
use gantry::kernel::WorkOrderId;
use sqlx::Row;

/// How many rows a workshop has.
async fn count(workshop: &Workshop, table: &str) -> i64 {
    let statement = format!("select count(*) from {table} where org_id = $1");
    sqlx::query_scalar(sqlx::AssertSqlSafe(statement))
        .bind(workshop.org.uuid())
        .fetch_one(&mut workshop.db().await)
        .await
        .expect("a count")
}

async fn counts(workshop: &Workshop) -> [i64; 4] {
    [
        count(workshop, "customers").await,
        count(workshop, "assets").await,
        count(workshop, "work_orders").await,
        count(workshop, "odometer_readings").await,
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_walk_in_opens_customer_vehicle_and_order_at_once_or_not_at_all() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let rita = nord.receptionist().await;

    // The advisor is looked at last, when customer and vehicle are written already.
    let nobody = "mem_00000000000000000000000000";
    let refused = rita.check_in(&[("advisor", nobody)]).await.must(422);
    assert!(refused.shows("no longer works here") && refused.shows("Brakes squeal"));
    assert_eq!(refused.field("name").as_deref(), Some("Ada Lovelace"), "kept");
    assert_eq!(counts(&nord).await, [0, 0, 0, 0]);

    let me = rita.member().to_string();
    let fields = [
        ("advisor", me.as_str()),
        ("waiting", "on"),
        ("promise", "2026-03-02T17:00"),
    ];
    let opened = rita.check_in(&fields).await.must(303);
    let order: WorkOrderId = opened.id();
    assert_eq!(opened.location(), format!("/work-orders/{order}"));
    assert_eq!(counts(&nord).await, [1, 1, 1, 1]);
    let row = sqlx::query(
        "select w.waiting, w.odometer_in, to_char(w.promised_at at time zone 'UTC', 'HH24:MI') as promised, c.name
              , (select string_agg(n.concern, '|' order by n.position) from concerns n where n.work_order_id = w.id) as concerns
           from work_orders w join customers c on c.id = w.customer_id join assets a on a.id = w.asset_id and a.customer_id = c.id",
    )
    .fetch_one(&mut nord.db().await)
    .await
    .expect("the order");
    assert!(row.get::<bool, _>("waiting"));
    assert_eq!(row.get::<i32, _>("odometer_in"), 84_250);
    assert_eq!(
        row.get::<String, _>("promised"),
        "16:00",
        "five o'clock in Berlin"
    );
    assert_eq!(row.get::<String, _>("name"), "Ada Lovelace");
    assert_eq!(row.get::<String, _>("concerns"), "Brakes squeal|Oil leak");
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_missing_is_told_at_once() {
    let app = TestApp::new().await;
    let rita = app.workshop("nord").await.receptionist().await;
    let page = rita
        .check_in(&[
            ("plate", ""),
            ("make", ""),
            ("name", ""),
            ("concerns", " \n "),
            ("odometer_in", ""),
            ("promise", ""),
            ("email", "nowhere"),
        ])
        .await
        .must(422);
    assert!(page.shows("Please fix 6 fields"), "{}", page.text());
    assert!(
        rita.check_in(&[("promise", "2026-03-02T09:00")])
            .await
            .must(422)
            .shows("already passed")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_known_plate_is_recognised() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let rita = nord.receptionist().await;
    rita.check_in(&[]).await.must(303);

    let page = rita
        .look_up(&[("plate", "b ab1234"), ("concerns", "Rattles")])
        .await
        .must(200);
    assert!(page.shows("Ada Lovelace") && page.shows("84,250 km") && page.shows("Rattles"));
    assert!(page.shows("Already in the shop") && page.shows("MAIN-1 · Received"));
    let (statements, trips) = page.effort();
    assert!(statements <= 12 && trips <= 8, "{statements} {trips}");
    let vin_or_less = rita.look_up(&[("plate", "B-AB 12")]).await.must(200);
    let vehicle = page.field("vehicle").expect("its id");
    assert_eq!(vin_or_less.field("vehicle").unwrap_or_default(), "");
    assert!(vin_or_less.shows("New vehicle"));

    // Nobody looked at who it is: shown first, then opened.
    let shown = rita.check_in(&[("name", "Somebody Else")]).await.must(422);
    assert!(shown.shows("on file") && shown.shows("Ada Lovelace"));
    let again = [
        ("vehicle", vehicle.as_str()),
        ("odometer_in", "84 300"),
        ("name", ""),
        ("make", ""),
    ];
    rita.check_in(&again).await.must(303);
    assert_eq!(counts(&nord).await, [1, 1, 2, 2]);

    // The plate was changed after it was looked up.
    let stale = [("vehicle", vehicle.as_str()), ("plate", "HH-X 99")];
    assert!(
        rita.check_in(&stale)
            .await
            .must(422)
            .shows("no longer matches the one shown")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_known_customer_brings_another_vehicle() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let rita = nord.receptionist().await;
    rita.check_in(&[("phone", "030 1234567")]).await.must(303);

    // The same number again is asked about, not written twice by accident.
    let second = [("plate", "B-CD 5"), ("name", "Ada L."), ("phone", "030/1234567")];
    let asked = rita.check_in(&second).await.must(422);
    assert!(asked.shows("Already a customer?") && asked.shows("Ada Lovelace"));
    let page = rita
        .look_up(&[("plate", "B-CD 5"), ("name", "Ada L."), ("phone", "030 1234567")])
        .await
        .must(200);
    assert!(page.shows("Use Ada Lovelace"));
    let text = asked.text();
    let (_, rest) = text
        .split_once("name=\"customer\" value=\"cus_")
        .expect("a button to choose");
    let ada = format!("cus_{}", rest.split('"').next().expect("an id"));

    let chosen = rita.get(&format!("/check-in?customer={ada}")).await.must(200);
    assert!(
        chosen.shows("B-AB 1234") && chosen.shows("Choose"),
        "her vehicles are offered"
    );
    let fields = [("plate", "B-CD 5"), ("name", ""), ("customer", ada.as_str())];
    rita.check_in(&fields).await.must(303);
    let other = [second.as_slice(), &[("plate", "B-EF 6"), ("somebody_else", "on")]].concat();
    rita.check_in(&other).await.must(303);
    assert_eq!(counts(&nord).await, [2, 3, 3, 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_click_opens_one_order() {
    let app = TestApp::in_real_time().await;
    let nord = app.workshop("nord").await;
    let rita = nord.receptionist().await;
    let key = rita.get("/check-in").await.must(200).field("key").expect("a key");
    let fields = [("key", key.as_str())];
    let (one, two, three) = tokio::join!(
        rita.check_in(&fields),
        rita.check_in(&fields),
        rita.check_in(&fields)
    );
    let orders = [one, two, three].map(|answer| answer.must(303).id::<WorkOrderId>());
    assert!(orders.iter().all(|order| *order == orders[0]));
    assert_eq!(counts(&nord).await, [1, 1, 1, 1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lower_odometer_needs_a_reason() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let rita = nord.receptionist().await;
    rita.check_in(&[]).await.must(303);
    let vehicle = rita
        .look_up(&[("plate", "BAB1234")])
        .await
        .field("vehicle")
        .expect("its id");
    let lower = [("vehicle", vehicle.as_str()), ("odometer_in", "1 200")];
    assert!(rita.check_in(&lower).await.must(422).shows("Lower than"));
    let explained = [lower.as_slice(), &[("odometer_reason", "Cluster replaced")]].concat();
    rita.check_in(&explained).await.must(303);
    assert!(
        rita.check_in(&[("plate", "B-X 1"), ("odometer_in", "")])
            .await
            .must(422)
            .shows("Enter the odometer.")
    );
    nord.db_switch("require_odometer", false).await;
    rita.check_in(&[("plate", "B-X 1"), ("odometer_in", "")])
        .await
        .must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_belongs_to_others_is_not_here() {
    let app = TestApp::new().await;
    let (nord, sud) = (app.workshop("nord").await, app.workshop("sud").await);
    let (rita, sam) = (nord.receptionist().await, sud.receptionist().await);
    let order: WorkOrderId = rita.check_in(&[("phone", "030 1234567")]).await.must(303).id();
    let vehicle = rita
        .look_up(&[("plate", "BAB1234")])
        .await
        .field("vehicle")
        .expect("its id");

    assert!(!sam.look_up(&[("plate", "BAB1234")]).await.must(200).shows("Ada"));
    assert!(
        !sam.get(&format!("/check-in?vehicle={vehicle}"))
            .await
            .must(200)
            .shows("Ada")
    );
    let all = [
        ("vehicle", vehicle.as_str()),
        ("phone", "030 1234567"),
        ("plate", "B-AB 1234"),
    ];
    let nobody = sam.look_up(&all).await.must(200);
    assert!(!nobody.shows("Ada") && !nobody.shows("Already a customer"));
    sam.check_in(&[("vehicle", &vehicle), ("plate", "")])
        .await
        .must(404);
    sam.get(&format!("/work-orders/{order}/check-in-sheet"))
        .await
        .must(404);
    // The same plate is another workshop's own.
    sam.check_in(&[]).await.must(303);
    assert_eq!(
        (counts(&nord).await, counts(&sud).await),
        ([1, 1, 1, 1], [1, 1, 1, 1])
    );

    let tom = nord.technician("tom").await;
    tom.get("/check-in").await.must(403);
    tom.check_in(&[]).await.must(403);
    nord.db_switch("technicians_create", true).await;
    tom.check_in(&[("plate", "B-T 1")]).await.must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sheet_says_what_was_agreed() {
    let app = TestApp::new().await;
    let rita = app.workshop("nord").await.receptionist().await;
    let fields = [
        ("promise", "other"),
        ("promised_at", "2026-03-03T12:00"),
        ("email", "ada@example.com"),
    ];
    let order: WorkOrderId = rita.check_in(&fields).await.must(303).id();
    let sheet = rita
        .get(&format!("/work-orders/{order}/check-in-sheet"))
        .await
        .must(200);
    for words in [
        "MAIN-1",
        "Ada Lovelace",
        "B-AB 1234",
        "Brakes squeal",
        "84,250 km",
        "3 Mar 2026, 12:00",
        "Signature",
    ] {
        assert!(sheet.shows(words), "{words}");
    }
    assert!(sheet.shows("E-mail to ada@example.com") && !sheet.text().contains("mailto:"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_is_recognised_by_its_serial_number() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    sqlx::query("update organization_settings set asset_word = 'device' where org_id = $1")
        .bind(nord.org.uuid())
        .execute(&mut nord.db().await)
        .await
        .expect("a setting");
    let rita = nord.receptionist().await;
    let phone = [
        ("plate", ""),
        ("serial", "35 209900 176148-1"),
        ("make", "Apple"),
        ("odometer_in", ""),
    ];
    rita.check_in(&phone).await.must(303);
    let page = rita.look_up(&[("serial", "352099001761481")]).await.must(200);
    assert!(page.shows("Ada Lovelace") && page.shows("Already in the shop"));
    assert!(rita.check_in(&phone).await.must(422).shows("on file"));
}
