//! Drafts: what goes on them, and what keeps them from being posted.
use super::run;
use crate::kit::TestApp;
use crate::kit::make::billing::USUAL;

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_holds_the_approved_work_that_the_customer_pays_for() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let jobs = [
        USUAL,
        ("customer", "declined", "not_started", 50_000, 1_900),
        ("internal", "open", "finished", 60_000, 1_900),
        ("customer", "open", "not_started", 70_000, 1_900),
        ("customer", "approved", "finished", 333, 700),
    ];
    let order = nord.db_order("in_progress", &jobs).await;
    let ana = nord.accountant().await;
    let draft = ana.make_draft(order).await;
    let page = ana.get(&format!("/invoices/{draft}")).await.must(200);
    assert!(page.shows("Draft invoice") && page.shows("Line of job 1") && page.shows("Line of job 5"));
    assert!(!page.shows("Line of job 2") && !page.shows("Line of job 3") && !page.shows("Line of job 4"));
    // 100.00 + 19.00 and 3.33 + 0.23 (0.2331, rounded on the line).
    assert!(page.shows("€122.56") && page.shows("Tax 7 % on €3.33") && page.shows("€0.23"));
    assert_eq!(
        ana.make_draft(order).await,
        draft,
        "asking again leads to the same draft"
    );
    let (statements, trips) = page.effort();
    assert!(statements <= 12 && trips <= 6, "{statements} {trips}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_to_bill_tells_everything_that_is_missing() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let ana = nord.accountant().await;
    let open = nord
        .db_order("diagnosing", &[("customer", "open", "not_started", 100, 0)])
        .await;
    let early = nord
        .db_order("approved", &[("customer", "approved", "not_started", 100, 0)])
        .await;
    let cancelled = nord.db_order("cancelled", &[]).await;
    let empty = nord.db_order("in_progress", &[]).await;
    for (order, words) in [
        (open, "Record the customer's decision on “Job 1”"),
        (early, "Start the work"),
        (cancelled, "is cancelled"),
        (empty, "Add a job"),
    ] {
        let answer = ana
            .post(&format!("/work-orders/{order}/invoice"), &[])
            .await
            .must(409);
        assert!(answer.shows(words), "{words}: {}", answer.text());
    }
    let order = nord.db_ready_order().await;
    ana.make_invoice(order).await;
    let again = ana
        .post(&format!("/work-orders/{order}/invoice"), &[])
        .await
        .must(409);
    assert!(again.shows("All approved work is on invoice MAIN-2026-00001"));
}

#[tokio::test(flavor = "multi_thread")]
async fn unfinished_or_changed_work_is_not_posted() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let ana = nord.accountant().await;
    let begun = nord
        .db_order(
            "in_progress",
            &[("customer", "approved", "started", 10_000, 1_900)],
        )
        .await;
    let draft = ana.make_draft(begun).await;
    let post = format!("/invoices/{draft}/post");
    assert!(ana.post(&post, &[]).await.must(409).shows("Finish “Job 1”"));
    run(&nord, "update jobs set work_state = 'finished'").await;
    run(&nord, "update lines set unit_price_minor = 20000").await;
    assert!(
        ana.post(&post, &[])
            .await
            .must(409)
            .shows("has changed since this draft")
    );
    ana.post(&format!("/invoices/{draft}/refresh"), &[])
        .await
        .must(303);
    ana.post(&post, &[]).await.must(303);
    assert_eq!(nord.db_open(draft).await, 23_800);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_thrown_away_without_a_trace_in_the_numbers() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let ana = nord.accountant().await;
    let order = nord.db_ready_order().await;
    let draft = ana.make_draft(order).await;
    let path = format!("/invoices/{draft}");
    let edit = format!("{path}/edit");
    assert!(
        ana.post(&edit, &[("due_on", "2026-02-01"), ("subject", "Brakes")])
            .await
            .must(422)
            .shows("today or later")
    );
    ana.post(&edit, &[("due_on", "2026-05-01"), ("subject", "Brakes")])
        .await
        .must(303);
    assert!(ana.get(&path).await.shows("Brakes"));
    ana.post(&format!("{path}/delete"), &[]).await.must(303);
    ana.get(&path).await.must(404);
    let invoice = ana.make_invoice(order).await;
    assert_eq!(nord.db_number(invoice).await.as_deref(), Some("MAIN-2026-00001"));
}
