//! Where an order's page offers an invoice, and what it says where it cannot.
use crate::kit::make::billing::USUAL;
use crate::kit::{Actor, TestApp, Workshop};
use gantry::kernel::WorkOrderId;

async fn page(who: &Actor, order: WorkOrderId) -> crate::kit::Answer {
    who.get(&format!("/work-orders/{order}")).await.must(200)
}

async fn nord() -> (Workshop, Actor) {
    let nord = TestApp::new().await.workshop("nord").await;
    let mia = nord.manager().await;
    (nord, mia)
}

/// Whether the page says why there is no invoice yet.
fn says_what_it_waits_for(page: &crate::kit::Answer) -> bool {
    [
        "Nothing approved to invoice yet",
        "You can invoice once work has started",
        "Add prices to the approved jobs",
        "The discounts are larger than the work",
    ]
    .iter()
    .any(|reason| page.shows(reason))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_is_offered_only_where_it_can_be_made_and_elsewhere_the_page_says_what_it_waits_for() {
    let (nord, mia) = nord().await;
    let waiting = [
        ("received", "open", 10_000, "Nothing approved to invoice yet"),
        ("in_progress", "approved", 0, "Add prices to the approved jobs"),
        (
            "approved",
            "approved",
            10_000,
            "You can invoice once work has started",
        ),
    ];
    for (phase, decision, price, words) in waiting {
        let order = nord
            .db_order(phase, &[("customer", decision, "not_started", price, 1_900)])
            .await;
        let shown = page(&mia, order).await;
        assert!(shown.shows(words) && !shown.shows("Create invoice"), "{words}");
    }
    let refused = [
        ("received", "open", 10_000),
        ("approved", "approved", 10_000),
        ("in_progress", "approved", 0),
    ];
    for (phase, decision, price) in refused {
        let job = ("customer", decision, "not_started", price, 1_900);
        let order = nord.db_order(phase, &[job]).await;
        mia.on_order(order, "invoice", &[]).await.must(409);
    }
    for (phase, state) in [
        ("approved", "started"),
        ("in_progress", "not_started"),
        ("ready", "finished"),
    ] {
        let order = nord
            .db_order(phase, &[("customer", "approved", state, 10_000, 1_900)])
            .await;
        let shown = page(&mia, order).await;
        assert!(
            shown.shows("Create invoice") && !says_what_it_waits_for(&shown),
            "{phase}"
        );
        mia.on_order(order, "invoice", &[]).await.must(303);
        assert!(!page(&mia, order).await.shows("Create invoice"), "there is one");
    }
    let warranty = nord
        .db_order("in_progress", &[("warranty", "open", "started", 10_000, 1_900)])
        .await;
    let shown = page(&mia, warranty).await;
    assert!(
        !shown.shows("Create invoice") && !says_what_it_waits_for(&shown),
        "nobody pays"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn work_that_is_approved_after_an_invoice_gets_an_invoice_of_its_own() {
    let (nord, mia) = nord().await;
    let order = nord.db_order("in_progress", &[USUAL]).await;
    mia.make_draft(order).await;
    assert!(
        !page(&mia, order).await.shows("Create invoice"),
        "all of it is on the draft"
    );
    let wipers = mia.make_job(order, "Wipers", "20.00").await;
    assert!(
        !page(&mia, order).await.shows("Create invoice"),
        "nobody approved it"
    );
    mia.decide(order, wipers, "approved").await.must(303);
    assert!(page(&mia, order).await.shows("Create invoice"));
    let second = mia.on_order(order, "invoice", &[]).await.must(303);
    let draft = mia.get(second.location()).await.must(200);
    assert!(draft.shows("Wipers") && draft.shows("€23.80") && !draft.shows("€119.00"));
    assert!(
        !page(&mia, order).await.shows("Create invoice"),
        "all of it is on drafts"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_issue_invoices_is_told_who_can() {
    let (nord, mia) = nord().await;
    let rita = nord.receptionist().await;
    let order = nord.db_order("ready", &[USUAL]).await;
    let who = "Ask a manager or accountant to create the invoice";
    let shown = page(&rita, order).await;
    assert!(shown.shows(who) && !shown.shows("Create invoice") && !shown.shows("post the invoice first"));
    let shown = page(&mia, order).await;
    assert!(!shown.shows(who) && shown.shows("post the invoice first"));
    let collected = [("collected_by", "Ada"), ("typed", "Ada Lovelace")];
    let refused = rita.on_order(order, "hand-over", &collected).await.must(409);
    assert!(refused.shows("Post an invoice for the approved work (€119.00). Ask a manager or accountant"));
    mia.make_invoice(order).await;
    assert!(!page(&rita, order).await.shows(who));
    rita.on_order(order, "hand-over", &collected).await.must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_names_the_jobs_it_was_about() {
    let (nord, mia) = nord().await;
    let order = mia.make_order(&nord).await;
    let brakes = mia.make_job(order, "Brakes", "100.00").await;
    let oil = mia.make_job(order, "Oil", "50.00").await;
    mia.make_job(order, "Wipers", "20.00").await;
    let (version, brakes, oil) = (mia.version(order).await, brakes.to_string(), oil.to_string());
    let both = [
        ("version", version.as_str()),
        (&*oil, "approved"),
        (&*brakes, "approved"),
        ("method", "phone"),
        ("contact_name", "Ada"),
    ];
    mia.on_order(order, "decisions", &both).await.must(303);
    let shown = page(&mia, order).await;
    assert!(
        shown.shows("Ada approved “Brakes”, “Oil”, by phone"),
        "the timeline"
    );
    let text = shown.text();
    let list = text
        .split("class=\"said-text\"")
        .nth(1)
        .expect("the list of decisions");
    let first = list.split("</li>").next().unwrap_or_default();
    assert!(
        first.contains("“Brakes”, “Oil”") && !first.contains("Wipers"),
        "{first}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_summary_of_a_table_s_errors_names_line_and_field() {
    let (nord, mia) = nord().await;
    let order = mia.make_order(&nord).await;
    let job = mia.make_job(order, "Brakes", "100.00").await;
    let shown = page(&mia, order).await;
    let (version, line) = (
        shown.field("version").expect("one"),
        shown.field("line[]").expect("one"),
    );
    let fields = [
        ("version", version.as_str()),
        ("line[]", line.as_str()),
        ("kind[]", "labor"),
        ("description[]", "Work"),
        ("part_number[]", ""),
        ("quantity[]", "1"),
        ("unit_price[]", "100"),
        ("tax[]", "1900"),
        ("line[]", ""),
        ("kind[]", "part"),
        ("description[]", "Pads"),
        ("part_number[]", ""),
        ("quantity[]", "some"),
        ("unit_price[]", "-5"),
        ("tax[]", "1900"),
    ];
    let refused = mia
        .on_order(order, &format!("jobs/{job}/lines"), &fields)
        .await
        .must(422);
    for words in [
        "Line 2, Quantity: Check the format. Example: 1.5",
        "Line 2, Unit price: Enter it without a minus",
    ] {
        assert!(refused.shows(words), "{words}");
    }
    assert!(!refused.shows("Line 1,"));
    // The fields that are wrong say so themselves, and only those.
    let text = refused.text();
    for column in ["quantity", "unit_price"] {
        let id = format!("line-1-{column}-error");
        assert!(
            text.contains(&format!("aria-describedby=\"{id}\"")) && text.contains(&format!("id=\"{id}\"")),
            "{id}"
        );
    }
    assert_eq!(text.matches("aria-invalid=\"true\"").count(), 2);
}
