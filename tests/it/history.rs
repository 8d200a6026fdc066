//! What was done before: lines of every visit, on the pages of vehicle and customer and on paper, in all branches that share.
use crate::kit::make::billing::USUAL;
use crate::kit::tables::db_order;
use crate::kit::{Actor, TestApp, Workshop};
use gantry::kernel::{AssetId, CustomerId, Role};

/// Ada's Golf was at the west branch: pads for €50.00 each, and a text.
async fn after_a_visit_in_the_west(nord: &Workshop) -> (Actor, CustomerId, AssetId) {
    let rita = nord.receptionist().await;
    let ada = rita.make_customer(&[]).await;
    let golf = rita.make_vehicle(ada, &[]).await;
    let west = nord.branch("WEST").await;
    let order = db_order(nord, &west, ada, golf, 7).await;
    let lines = "insert into lines (id, work_order_id, job_id, position, kind, description, part_number, quantity_milli, unit_price_minor)
                 select gen_random_uuid(), j.work_order_id, j.id, n, (array['part', 'text'])[n], (array['Brake pads', 'Bedded in'])[n], (array['5Q0 615', ''])[n], 2000, 5000
                   from jobs j, generate_series(1, 2) n where j.work_order_id = $1";
    let declined = "insert into jobs (id, work_order_id, position, title, decision, created_at)
                    select gen_random_uuid(), id, 2, 'Wipers', 'declined', created_at from work_orders where id = $1";
    for statement in [lines, declined] {
        let done = sqlx::query(statement)
            .bind(order.uuid())
            .execute(&mut nord.db().await)
            .await;
        done.expect(statement);
    }
    let wanda = nord.member("wanda", Role::Manager, &[west.id]).await;
    let cancelled = [("to", "cancelled"), ("reason", "Done elsewhere")];
    wanda.on_order(order, "moves", &cancelled).await.must(303);
    (rita, ada, golf)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_of_a_vehicle_and_a_customer_names_every_line_of_every_branch() {
    let nord = TestApp::new().await.workshop("nord").await;
    let (rita, ada, golf) = after_a_visit_in_the_west(&nord).await;
    for page in [
        format!("/vehicles/{golf}"),
        format!("/customers/{ada}"),
        format!("/vehicles/{golf}/history"),
        format!("/customers/{ada}/history"),
    ] {
        let shown = rita.get(&page).await.must(200);
        for words in ["WEST-7", "2 × Brake pads (5Q0 615) · €100.00", "Bedded in"] {
            assert!(shown.shows(words), "{words} on {page}");
        }
        assert!(
            !shown.shows("Wipers") && !shown.text().contains("/work-orders/wo_"),
            "{page}"
        );
        let (statements, trips) = shown.effort();
        assert!(statements <= 12 && trips <= 6, "{statements} {trips} on {page}");
    }
    let sheet = rita.get(&format!("/vehicles/{golf}/history")).await;
    assert!(
        sheet.shows("Service history") && sheet.shows("Ada Lovelace") && sheet.text().contains("data-print")
    );
    let page = rita.get(&format!("/vehicles/{golf}")).await.text();
    assert!(page.contains(&format!("href=\"/vehicles/{golf}/history\"")));
}

#[tokio::test(flavor = "multi_thread")]
async fn branches_that_do_not_share_customers_show_their_own_work_only() {
    let nord = TestApp::new().await.workshop("nord").await;
    let (rita, ada, _) = after_a_visit_in_the_west(&nord).await;
    nord.db_switch("share_customers", false).await;
    for page in [format!("/customers/{ada}"), format!("/customers/{ada}/history")] {
        assert!(!rita.get(&page).await.must(200).shows("Brake pads"), "{page}");
        assert!(
            nord.owner().await.get(&page).await.must(200).shows("Brake pads"),
            "{page}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_sees_no_prices_sees_what_was_done_without_them() {
    let nord = TestApp::new().await.workshop("nord").await;
    let (_, ada, golf) = after_a_visit_in_the_west(&nord).await;
    nord.db_switch("technicians_create", true).await;
    nord.db_right("technician", "ViewAllOrders", true).await;
    let tomas = nord.technician("tomas").await;
    for page in [
        format!("/vehicles/{golf}/history"),
        format!("/customers/{ada}/history"),
    ] {
        let shown = tomas.get(&page).await.must(200);
        assert!(
            shown.shows("2 × Brake pads (5Q0 615)") && !shown.shows("€100.00"),
            "{page}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_customers_page_shows_credit_that_is_ready_to_use() {
    let nord = TestApp::new().await.workshop("nord").await;
    let ana = nord.accountant().await;
    let order = nord.db_order("ready", &[USUAL]).await;
    let ada: uuid::Uuid = sqlx::query_scalar("select customer_id from work_orders where id = $1")
        .bind(order.uuid())
        .fetch_one(&mut nord.db().await)
        .await
        .expect("a customer");
    let page = format!("/customers/{}", CustomerId::new(ada));
    let invoice = ana.make_invoice(order).await;
    ana.pay(invoice, &[("amount", "50.00")]).await.must(303);
    assert!(!ana.get(&page).await.must(200).shows("Ready to use"));
    ana.void(invoice).await;
    let shown = ana.get(&page).await.must(200);
    assert!(
        shown.shows("Credit") && shown.shows("€50.00") && shown.shows("Ready to use on the next invoice")
    );
    nord.db_switch("technicians_create", true).await;
    let tomas = nord.technician("tomas").await;
    assert!(
        !tomas.get(&page).await.must(200).shows("Ready to use"),
        "money is for who sees invoices"
    );
}
