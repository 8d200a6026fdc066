//! Printed documents: each print stands in the owner's log, and paper without one is empty.
use crate::kit::make::billing::USUAL;
use crate::kit::{Actor, Answer, TestApp, Workshop};
use chrono::TimeDelta;
use gantry::kernel::Role;

/// The open of a print view, the button, and what it leads to.
async fn print(actor: &Actor, view: &str, button: &str) -> Answer {
    let preview = actor.get(view).await.must(200);
    assert!(preview.text().contains("paper-unrecorded"), "{view}");
    assert!(preview.text().contains(&format!("action=\"{button}\"")), "{view}");
    let recorded = actor.post(button, &[]).await.must(303);
    assert!(recorded.location().starts_with(view), "{}", recorded.location());
    recorded
}

fn prints(page: &Answer) -> bool {
    page.text().contains("data-print") && !page.text().contains("paper-unrecorded")
}

async fn logged(nord: &Workshop) -> i64 {
    sqlx::query_scalar("select count(*) from export_events where org_id = $1 and entity <> ''")
        .bind(nord.org.uuid())
        .fetch_one(&mut nord.db().await)
        .await
        .expect("a count")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_printed_invoice_stands_in_the_log_with_who_printed_it() {
    let nord = TestApp::new().await.workshop("nord").await;
    let (owner, rita) = (nord.owner().await, nord.receptionist().await);
    let invoice = owner.make_invoice(nord.db_ready_order().await).await;
    let view = format!("/invoices/{invoice}/print");
    rita.get(&view).await.must(200);
    assert_eq!(logged(&nord).await, 0, "looking is no print");
    let recorded = print(&rita, &view, &view).await;
    assert!(prints(&rita.get(recorded.location()).await.must(200)));
    assert_eq!(logged(&nord).await, 1);
    let log = owner.get("/trail/exports").await.must(200);
    assert!(log.shows("Invoice MAIN-2026-") && log.shows("receptionist"));
    let trail = owner.get("/trail").await.must(200);
    assert!(trail.shows("Printed Invoice MAIN-2026-"));
    // A row is for its person, its document and its hour.
    assert!(!prints(&owner.get(recorded.location()).await.must(200)));
    let other = owner.make_invoice(nord.db_ready_order().await).await;
    let (_, id) = recorded.location().split_once("print=").expect("a print");
    let borrowed = format!("/invoices/{other}/print?print={id}");
    assert!(!prints(&rita.get(&borrowed).await.must(200)));
    nord.app().advance(TimeDelta::minutes(61));
    assert!(!prints(&rita.get(recorded.location()).await.must(200)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_printed_check_in_sheet_stands_in_the_log_and_in_the_orders_history() {
    let nord = TestApp::new().await.workshop("nord").await;
    let rita = nord.receptionist().await;
    let order: gantry::kernel::WorkOrderId = rita.check_in(&[]).await.must(303).id();
    let view = format!("/work-orders/{order}/check-in-sheet");
    let recorded = print(&rita, &view, &format!("{view}/print")).await;
    assert!(prints(&rita.get(recorded.location()).await.must(200)));
    assert_eq!(logged(&nord).await, 1);
    let order = rita.get(&format!("/work-orders/{order}")).await.must(200);
    assert!(order.shows("Printed Check-in MAIN-1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_print_or_not_see_it_leaves_no_row() {
    let nord = TestApp::new().await.workshop("nord").await;
    let invoice = nord.owner().await.make_invoice(nord.db_ready_order().await).await;
    let view = format!("/invoices/{invoice}/print");
    let viewer = nord.viewer().await;
    viewer.get(&view).await.must(200);
    viewer.post(&view, &[]).await.must(403);
    // May print, may not see invoices.
    let tomas = nord.technician("tomas").await;
    tomas.post(&view, &[]).await.must(403);
    let sued = nord.app().workshop("sued").await;
    sued.owner().await.post(&view, &[]).await.must(404);
    assert_eq!(logged(&nord).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_only_workshop_still_prints_what_it_has() {
    let nord = TestApp::new().await.workshop("nord").await;
    let owner = nord.owner().await;
    let invoice = owner.make_invoice(nord.db_ready_order().await).await;
    nord.db_paid_until(nord.app().now() - TimeDelta::days(8)).await;
    let view = format!("/invoices/{invoice}/print");
    let recorded = print(&owner, &view, &view).await;
    assert!(prints(&owner.get(recorded.location()).await.must(200)));
    assert_eq!(logged(&nord).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_printed_history_stands_in_the_log() {
    let nord = TestApp::new().await.workshop("nord").await;
    let rita = nord.receptionist().await;
    let ada = rita.make_customer(&[]).await;
    let golf = rita.make_vehicle(ada, &[]).await;
    let views = [
        format!("/customers/{ada}/history"),
        format!("/vehicles/{golf}/history"),
    ];
    let viewer = nord.viewer().await;
    for view in &views {
        viewer.get(view).await.must(200);
        viewer.post(view, &[]).await.must(403);
        let recorded = print(&rita, view, view).await;
        assert!(prints(&rita.get(recorded.location()).await.must(200)), "{view}");
    }
    assert_eq!(logged(&nord).await, 2);
    let log = nord.owner().await.get("/trail/exports").await.must(200);
    assert!(log.shows("Service history of Ada"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_sees_invoices_in_one_branch_prints_those_only() {
    let nord = TestApp::new().await.workshop("nord").await;
    let west = nord.branch("WEST").await.id;
    let mara = nord.member("mara", Role::Manager, &[nord.main.id, west]).await;
    let owner = nord.owner().await;
    let here = owner.make_draft(nord.db_order("ready", &[USUAL]).await).await;
    let there = owner
        .make_draft(nord.db_order_at(west, "ready", &[USUAL]).await)
        .await;
    // Technicians print, and see no invoices.
    sqlx::query("update member_branches set role = 'technician' where member_id = $1 and branch_id = $2")
        .bind(mara.member().uuid())
        .bind(west.uuid())
        .execute(&mut nord.db().await)
        .await
        .expect("another role");
    mara.post(&format!("/invoices/{there}/print"), &[])
        .await
        .must(404);
    mara.post(&format!("/invoices/{here}/print"), &[]).await.must(303);
    assert_eq!(logged(&nord).await, 1);
}
