//! A form's key answers the same request again, and no other one.
use crate::kit::TestApp;

/// A key as a form of ours holds it.
fn key(app: &TestApp) -> String {
    app.state().clock.new_uuid().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_with_another_text_is_not_taken_for_the_first() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let rita = nord.receptionist().await;
    let order = rita.make_order(&nord).await;
    let key = key(&app);
    let note = |body: &'static str| [("audience", "internal"), ("body", body), ("key", key.as_str())];
    rita.on_order(order, "notes", &note("Call first")).await.must(303);
    let other = rita
        .on_order(order, "notes", &note("Key is in box 4"))
        .await
        .must(409);
    assert!(other.shows("Key is in box 4") && other.shows("was sent before with other entries"));
    assert_eq!(nord.db_count("notes", order).await, 1);
    let fresh = other.fields("key");
    assert!(!fresh.contains(&key), "the page holds fresh keys");
    rita.on_order(order, "notes", &note("Call first")).await.must(303);
    assert_eq!(nord.db_count("notes", order).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reading_of_the_odometer_is_written_once_and_another_value_is_not_taken_for_it() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let rita = nord.receptionist().await;
    let order = rita.make_order(&nord).await;
    let page = rita.get(&format!("/work-orders/{order}")).await.must(200).text();
    let form = page
        .split("/odometer\"")
        .nth(1)
        .and_then(|rest| rest.split("</form>").next());
    assert!(
        form.is_some_and(|form| form.contains("name=\"key\"")),
        "its form holds a key"
    );
    let key = key(&app);
    let reading = |value: &'static str| [("point", "in"), ("value", value), ("key", key.as_str())];
    for _ in 0..2 {
        rita.on_order(order, "odometer", &reading("84250"))
            .await
            .must(303);
    }
    assert_eq!(nord.db_count("odometer_readings", order).await, 1);
    let other = rita
        .on_order(order, "odometer", &reading("84260"))
        .await
        .must(409);
    assert!(other.text().contains("84260") && other.shows("was sent before with other entries"));
    assert!(!other.fields("key").contains(&key), "the page holds fresh keys");
    assert_eq!(nord.db_count("odometer_readings", order).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_on_another_invoice_is_not_taken_for_the_first() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let ana = nord.accountant().await;
    let one = ana.make_invoice(nord.db_ready_order().await).await;
    let two = ana.make_invoice(nord.db_ready_order().await).await;
    let key = key(&app);
    ana.pay(one, &[("key", &key)]).await.must(303);
    let other = ana
        .pay(two, &[("key", &key), ("reference", "Slip 7")])
        .await
        .must(409);
    assert_eq!(other.field("reference").as_deref(), Some("Slip 7"));
    assert!(!other.fields("key").contains(&key), "the page holds fresh keys");
    ana.pay(one, &[("key", &key), ("amount", "20.00")])
        .await
        .must(409);
    assert_eq!(
        (nord.db_open(one).await, nord.db_open(two).await),
        (10_900, 11_900)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_with_another_price_are_not_taken_for_the_first() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let rita = nord.receptionist().await;
    let order = rita.make_order(&nord).await;
    let job = rita.make_job(order, "Brakes", "100.00").await;
    let (key, version) = (key(&app), rita.version(order).await);
    let line = |price: &'static str| {
        [
            ("version", version.as_str()),
            ("key", key.as_str()),
            ("line[]", ""),
            ("kind[]", "labor"),
            ("description[]", "More work"),
            ("part_number[]", ""),
            ("quantity[]", "1"),
            ("unit_price[]", price),
            ("tax[]", "1900"),
        ]
    };
    let path = format!("jobs/{job}/lines");
    rita.on_order(order, &path, &line("50.00")).await.must(303);
    let total = nord.db_total(order).await;
    let other = rita.on_order(order, &path, &line("60.00")).await.must(409);
    assert!(other.text().contains("60.00"), "what was typed stays");
    assert_eq!(nord.db_total(order).await, total);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_of_another_job_is_not_there_to_be_removed() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let rita = nord.receptionist().await;
    let order = rita.make_order(&nord).await;
    let (one, two) = (
        rita.make_job(order, "Brakes", "100.00").await,
        rita.make_job(order, "Oil", "40.00").await,
    );
    let line: uuid::Uuid = sqlx::query_scalar("select id from lines where job_id = $1")
        .bind(one.uuid())
        .fetch_one(&mut nord.db().await)
        .await
        .expect("a line");
    let line = gantry::kernel::LineId::new(line).to_string();
    let version = rita.version(order).await;
    let fields = [("version", version.as_str()), ("remove[]", line.as_str())];
    rita.on_order(order, &format!("jobs/{two}/lines"), &fields)
        .await
        .must(404);
    assert_eq!(nord.db_count("lines", order).await, 2);
}
