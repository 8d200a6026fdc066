//! What a stranger sees on the first day: words that say what to do, in the trade's own language, and paper that can be printed.
use crate::kit::{TestApp, Workshop};
use gantry::kernel::Role;

async fn repairs_devices(workshop: &Workshop) {
    sqlx::query("update organization_settings set asset_word = 'device' where org_id = $1")
        .bind(workshop.org.uuid())
        .execute(&mut workshop.db().await)
        .await
        .expect("a setting");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_workshop_is_told_what_to_do_and_shows_no_months_of_nothing() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (owner, rita) = (nord.owner().await, nord.receptionist().await);
    let dashboard = owner.get("/dashboard").await.must(200);
    assert!(dashboard.shows("Nothing invoiced yet") && !dashboard.text().contains("month-bar"));
    let board = rita.get("/board").await.must(200);
    assert!(board.shows("No open work orders") && board.shows("Check in the first one"));
    let invoice = nord
        .accountant()
        .await
        .make_invoice(nord.db_ready_order().await)
        .await;
    assert!(nord.db_number(invoice).await.is_some());
    let dashboard = owner.get("/dashboard").await.must(200);
    assert!(!dashboard.shows("Nothing invoiced yet"));
    assert_eq!(
        dashboard.text().matches("month-amount").count(),
        1,
        "only the month that has one"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_shop_is_not_asked_for_plates() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    let pages = [
        "/work-orders",
        "/search",
        "/search?q=xqzwv",
        "/customers",
        "/vehicles",
        "/check-in",
    ];
    let asks = |text: &str| text.to_lowercase().contains("plate");
    assert!(asks(&owner.get("/search").await.text()), "a garage is");
    repairs_devices(&nord).await;
    for path in pages {
        let page = owner.get(path).await.must(200);
        let words: String = page
            .text()
            .split('<')
            .filter_map(|tag| tag.split_once('>'))
            .map(|(tag, text)| {
                let example = tag
                    .split("placeholder=\"")
                    .nth(1)
                    .and_then(|rest| rest.split('"').next());
                format!("{} {text} ", example.unwrap_or_default())
            })
            .collect();
        assert!(!asks(&words), "{path}: {words}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn methods_of_payment_are_those_of_the_currency() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let ana = nord.accountant().await;
    let invoice = ana.make_invoice(nord.db_ready_order().await).await;
    let page = ana.get(&format!("/invoices/{invoice}")).await.must(200);
    assert!(page.shows("Bank transfer") && !page.shows("UPI"));
    let print = ana.get(&format!("/invoices/{invoice}/print")).await.must(200);
    let text = print.text();
    assert!(
        text.contains("data-print")
            && text.contains("src=\"/pkg/in_place.")
            && !text.contains("leptos-island")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn advisors_are_not_technicians() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let rita = nord.receptionist().await;
    nord.member("tomas", Role::Technician, &[nord.main.id]).await;
    let order = rita
        .check_in(&[])
        .await
        .must(303)
        .id::<gantry::kernel::WorkOrderId>();
    let order = rita.get(&format!("/work-orders/{order}")).await.must(200).text();
    for page in [rita.get("/check-in").await.must(200).text(), order] {
        let (_, rest) = page.split_once("name=\"advisor\"").expect("a choice of advisors");
        let choices = rest.split("</select>").next().expect("its end");
        assert!(
            choices.contains("receptionist") && !choices.contains("tomas"),
            "{choices}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_search_box_loads_nothing_until_somebody_goes_there() {
    let app = TestApp::new().await;
    let rita = app.workshop("nord").await.receptionist().await;
    for (path, at_once) in [("/customers", false), ("/check-in", false), ("/board", true)] {
        let page = rita.get(path).await.must(200).text();
        assert!(
            page.contains("<leptos-island") && page.contains("role=\"combobox\""),
            "{path}"
        );
        assert_eq!(page.contains("modulepreload"), at_once, "{path}");
        // The script knows where the bundle is, and is the only one.
        assert!(page.contains("data-wasm=\"/pkg/"), "{path}");
        assert_eq!(page.matches("<script").count(), 1, "{path}");
    }
}
