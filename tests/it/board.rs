//! The board as a page, without script.
mod examples;

use crate::kit::{Actor, TestApp, Workshop};
use gantry::kernel::WorkOrderId;

async fn golf(app: &TestApp) -> (Workshop, Actor, WorkOrderId) {
    let nord = app.workshop("nord").await;
    let mia = nord.manager().await;
    let order = mia.check_in(&[]).await.must(303).id();
    (nord, mia, order)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_move_names_the_work_order_and_the_vehicle() {
    let app = TestApp::new().await;
    let (_, mia, order) = golf(&app).await;
    let id = order.to_string();
    let wish = [
        ("order", id.as_str()),
        ("from", "received"),
        ("to", "awaiting_approval"),
    ];
    let refused = mia.post("/board/moves", &wish).await.must(409);
    assert!(refused.shows("MAIN-1 · B-AB 1234 is not ready for this move"));
    assert!(refused.shows("Add a job for the customer to approve"));
    assert!(
        refused
            .text()
            .contains(&format!("href=\"/work-orders/{id}#jobs\""))
    );
    assert!(refused.shows("1 open work order"), "with the board below");
    let wish = [("order", id.as_str()), ("from", "diagnosing"), ("to", "approved")];
    let refused = mia.post("/board/moves", &wish).await.must(409);
    assert!(refused.shows("MAIN-1 · B-AB 1234: Someone else changed this in the meantime"));
    let wish = [("order", id.as_str()), ("from", "received"), ("to", "diagnosing")];
    mia.post("/board/moves", &wish).await.must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn grips_wait_for_the_script_that_they_need() {
    let app = TestApp::new().await;
    let (_, mia, _) = golf(&app).await;
    let page = mia.get("/board").await.must(200);
    assert!(page.text().contains("drag-handle needs-script"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_technician_s_board_says_that_it_counts_their_own() {
    let app = TestApp::new().await;
    let (nord, mia, order) = golf(&app).await;
    mia.check_in(&[("plate", "HH-N 7"), ("name", "Bo")])
        .await
        .must(303);
    mia.make_job(order, "Brakes", "100.00").await;
    let tom = nord.technician("tom").await;
    nord.db_assign(order, tom.member()).await;
    assert!(
        tom.get("/board")
            .await
            .must(200)
            .shows("Your work orders: 1 open")
    );
    assert!(mia.get("/board").await.must(200).shows("2 open work orders"));
    nord.db_right("technician", "ViewAllOrders", true).await;
    assert!(tom.get("/board").await.must(200).shows("2 open work orders"));
}
