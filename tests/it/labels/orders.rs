//! What an order carries: set by hand, following its phase, shown and found wherever orders stand.
use super::*;
use crate::kit::TestApp;
use gantry::app::verify_invariants;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn a_label_is_set_changed_and_removed_on_the_order_and_its_history_tells() {
    let nord = TestApp::new().await.workshop("nord").await;
    let (mona, tom) = (nord.manager().await, nord.technician("tom").await);
    let order = mona.make_order(&nord).await;
    mona.make_job(order, "Brakes", "100").await;
    nord.db_assign(order, tom.member()).await;
    let inspect = label(&mona, &nord, "received", "To inspect").await;
    let towed = label(&mona, &nord, "received", "Towed in").await;
    let path = format!("/work-orders/{order}");
    assert!(mona.get(&path).await.must(200).shows("Add label"));
    set(&mona, order, inspect).await.must(303);
    set(&tom, order, towed).await.must(303);
    let page = mona.get(&path).await.must(200);
    assert!(
        page.shows("Label “Towed in”") && page.shows("Label “To inspect”"),
        "in the history"
    );
    assert!(page.text().contains("badge-label tone-teal"));
    let (who, before, after) = newest_event(&nord, "work_order.labelled").await;
    assert_eq!(who, "tom");
    assert_eq!(
        (before, after),
        (json!({ "Label": "To inspect" }), json!({ "Label": "Towed in" }))
    );
    let count = nord.db_count("audit_events", order).await;
    set(&tom, order, towed).await.must(303);
    assert_eq!(
        nord.db_count("audit_events", order).await,
        count,
        "the same again is no change"
    );
    mona.on_order(order, "label", &[("label", "")]).await.must(303);
    assert_eq!(carried(&nord, order).await, None);
    assert!(mona.get(&path).await.shows("Removed the label “Towed in”"));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_label_of_the_phase_that_was_seen_goes_on() {
    let nord = TestApp::new().await.workshop("nord").await;
    let (mona, vera) = (nord.manager().await, nord.viewer().await);
    let order = mona.make_order(&nord).await;
    let inspect = label(&mona, &nord, "received", "To inspect").await;
    let call = label(&mona, &nord, "ready", "Call customer").await;
    let refused = set(&mona, order, call).await.must(409);
    assert!(refused.shows("“Call customer” is not offered in the phase “Received”. Choose another label."));
    set(&vera, order, inspect).await.must(403);
    let late = [("label", inspect.to_string()), ("phase", "diagnosing".to_owned())];
    let late: Vec<(&str, &str)> = late.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let refused = mona.on_order(order, "label", &late).await.must(409);
    assert!(refused.shows("Someone else changed this in the meantime"));
    mona.on_order(order, "label", &[("label", "lab_nonsense")])
        .await
        .must(422);
    assert_eq!(carried(&nord, order).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_default_goes_on_whoever_moves_the_order_and_the_former_label_goes() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (mona, tom) = (nord.manager().await, nord.technician("tom").await);
    for (phase, name) in [
        ("received", "To inspect"),
        ("approved", "To schedule"),
        ("in_progress", "At the bench"),
        ("quality_check", "Final test"),
    ] {
        default(&mona, &nord, phase, name).await;
    }
    let order = mona.check_in(&[]).await.must(303).id();
    assert_eq!(
        carried(&nord, order).await.as_deref(),
        Some("To inspect"),
        "by checking in"
    );
    // By hand on the board: a phase without a default leaves nothing behind.
    let id = order.to_string();
    let wish = [("order", id.as_str()), ("from", "received"), ("to", "diagnosing")];
    mona.post("/board/moves", &wish).await.must(303);
    assert_eq!(carried(&nord, order).await, None);
    assert!(
        mona.get(&format!("/work-orders/{order}"))
            .await
            .shows("Removed the label “To inspect” when the phase changed")
    );
    // By the customer's word.
    let job = mona.make_job(order, "Brakes", "100").await;
    mona.on_order(order, "moves", &[("to", "awaiting_approval")])
        .await
        .must(303);
    mona.decide(order, job, "approved").await.must(303);
    assert_eq!(
        carried(&nord, order).await.as_deref(),
        Some("To schedule"),
        "by a decision"
    );
    // By the technician's work.
    nord.db_assign(order, tom.member()).await;
    let work = format!("jobs/{job}/work");
    tom.on_order(order, &work, &[("do", "start")]).await.must(303);
    assert_eq!(
        carried(&nord, order).await.as_deref(),
        Some("At the bench"),
        "by starting a job"
    );
    tom.on_order(order, &work, &[("do", "finish")]).await.must(303);
    assert_eq!(
        carried(&nord, order).await.as_deref(),
        Some("Final test"),
        "by finishing the last"
    );
    let (who, before, after) = newest_event(&nord, "work_order.labelled").await;
    assert_eq!(who, "tom");
    assert_eq!(
        (before, after),
        (
            json!({ "Label": "At the bench" }),
            json!({ "Label": "Final test" })
        )
    );
    // From the page.
    let out = [("point", "out"), ("value", "84 260")];
    mona.on_order(order, "odometer", &out).await.must(303);
    mona.on_order(order, "moves", &[("to", "ready")]).await.must(303);
    assert_eq!(carried(&nord, order).await, None);
    let report = verify_invariants(&app.database().owner_url)
        .await
        .expect("a report");
    assert_eq!(report.breaches, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_order_carries_none_and_gets_none() {
    let nord = TestApp::new().await.workshop("nord").await;
    let mona = nord.manager().await;
    let order = mona.make_order(&nord).await;
    let id = label(&mona, &nord, "received", "To inspect").await;
    set(&mona, order, id).await.must(303);
    let cancel = [("to", "cancelled"), ("reason", "Called off")];
    mona.on_order(order, "moves", &cancel).await.must(303);
    assert_eq!(carried(&nord, order).await, None);
    assert_eq!(set(&mona, order, id).await.status, 409);
    let put = "insert into work_order_labels (work_order_id, label_id) select $1, id from labels";
    assert_eq!(nord.db_refusal(put, order.uuid()).await, "GA002");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_board_and_the_list_show_it_and_the_list_finds_by_it_page_by_page() {
    let nord = TestApp::new().await.workshop("nord").await;
    let mona = nord.manager().await;
    let id = label(&mona, &nord, "received", "To inspect").await;
    let bare = mona.make_order(&nord).await;
    let mut orders = Vec::new();
    for _ in 0..26 {
        nord.app().advance(chrono::TimeDelta::minutes(1));
        let order = mona.make_order(&nord).await;
        set(&mona, order, id).await.must(303);
        orders.push(order);
    }
    let board = mona.get("/board").await.must(200);
    assert_eq!(
        board.text().matches("badge-label tone-teal").count(),
        26,
        "on each card"
    );
    assert!(
        mona.get("/work-orders")
            .await
            .must(200)
            .shows("Received · To inspect"),
        "in the filter"
    );
    let path = format!("/work-orders?with={id}");
    let first = mona.get(&path).await.must(200);
    assert!(first.shows("Label “To inspect”, newest first"));
    let page = first.page();
    let rows = page.rows();
    assert_eq!(rows.len(), 25);
    for row in &rows {
        assert!(row.cell("Phase").contains("To inspect"), "{}", row.words());
    }
    assert_eq!(rows[0].href(), format!("/work-orders/{}", orders[25]));
    let next = page.next().expect("a second page");
    let page = mona.get(&next).await.must(200).page();
    let rest = page.rows();
    assert_eq!(
        rest.iter().map(|row| row.href()).collect::<Vec<_>>(),
        [format!("/work-orders/{}", orders[0])]
    );
    let other = mona.get(&format!("{path}&show=ready")).await.must(200);
    assert!(
        other.shows("No open work orders with the label “To inspect”"),
        "no order of another phase carries it"
    );
    let words = mona.get("/work-orders?with=lab_nonsense").await.must(200);
    assert!(
        words.shows(&format!("/work-orders/{bare}")) || words.page().next().is_some(),
        "no choice is no filter"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_of_another_branch_are_not_found_by_a_label() {
    let nord = TestApp::new().await.workshop("nord").await;
    let mona = nord.owner().await;
    let id = label(&mona, &nord, "received", "To inspect").await;
    let order = mona.make_order(&nord).await;
    set(&mona, order, id).await.must(303);
    let west = nord.branch("WEST").await;
    let wanda = nord
        .member("wanda", gantry::kernel::Role::Manager, &[west.id])
        .await;
    let list = wanda.get(&format!("/work-orders?with={id}")).await.must(200);
    assert_eq!(list.page().rows().len(), 0);
    set(&wanda, order, id).await.must(404);
    wanda.get(&format!("/settings/labels/{id}")).await.must(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rule_finds_a_label_of_another_phase_and_the_export_holds_both_tables() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let mona = nord.owner().await;
    let order = mona.make_order(&nord).await;
    let id = label(&mona, &nord, "ready", "Call customer").await;
    let mut db = nord.db().await;
    sqlx::query("insert into work_order_labels (work_order_id, label_id) values ($1, $2)")
        .bind(order.uuid())
        .bind(id.uuid())
        .execute(&mut db)
        .await
        .expect("a row that no service writes");
    let report = verify_invariants(&app.database().owner_url)
        .await
        .expect("a report");
    let breach = report
        .breaches
        .iter()
        .find(|breach| breach.rule == "order_labels")
        .expect("a breach");
    assert_eq!(breach.id, order.uuid().to_string());
    assert_eq!(
        breach.what,
        "a work order in received carries “Call customer” of ready"
    );
    let everything = mona.post("/settings/data/download", &[]).await.must(200);
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(everything.body)).expect("a ZIP");
    for table in ["labels.csv", "work_order_labels.csv"] {
        let text = std::io::read_to_string(zip.by_name(table).expect(table)).expect("UTF-8");
        assert_eq!(text.lines().count(), 2, "{table}: a head and a row");
    }
}
