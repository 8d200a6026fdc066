//! Where an order goes by itself, because of what somebody just did.
use crate::kit::{Actor, TestApp, Workshop};
use chrono::TimeDelta;
use gantry::kernel::{JobId, WorkOrderId};

/// A car with brakes and oil to do; its meter was read.
async fn arrived() -> (Workshop, Actor, WorkOrderId, [JobId; 2]) {
    let nord = TestApp::new().await.workshop("nord").await;
    let mia = nord.manager().await;
    let order: WorkOrderId = mia.check_in(&[]).await.must(303).id();
    let brakes = mia.make_job(order, "Brakes", "100.00").await;
    let oil = mia.make_job(order, "Oil", "50.00").await;
    (nord, mia, order, [brakes, oil])
}

async fn phase(nord: &Workshop, order: WorkOrderId) -> String {
    sqlx::query_scalar("select phase from work_orders where id = $1")
        .bind(order.uuid())
        .fetch_one(&mut nord.db().await)
        .await
        .expect("a phase")
}

async fn work(who: &Actor, order: WorkOrderId, job: JobId, word: &str) {
    who.on_order(order, &format!("jobs/{job}/work"), &[("do", word)])
        .await
        .must(303);
}

async fn assign(mia: &Actor, order: WorkOrderId, who: &Actor) {
    let member = who.member().to_string();
    mia.on_order(order, "assignments", &[("member", &member)])
        .await
        .must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_decision_that_leaves_nothing_undecided_approves_the_order() {
    let (nord, mia, order, [brakes, oil]) = arrived().await;
    let rita = nord.receptionist().await;
    mia.move_order(order, "awaiting_approval").await.must(303);
    rita.decide(order, brakes, "approved").await.must(303);
    assert_eq!(phase(&nord, order).await, "awaiting_approval", "one waits still");
    let decided = rita.decide(order, oil, "declined").await.must(303);
    assert_eq!(decided.flash().as_deref(), Some("Decision recorded: approved"));
    assert_eq!(phase(&nord, order).await, "approved");
    let page = rita.get(&format!("/work-orders/{order}")).await.must(200);
    assert!(page.shows("Moved to Approved") && page.shows("“All jobs decided”"));
    let (_, after) = page
        .text()
        .split_once("Moved to Approved")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .expect("the move");
    assert!(
        after
            .split("</li>")
            .next()
            .is_some_and(|item| item.contains("receptionist")),
        "as whose move it is told"
    );
    rita.decide(order, brakes, "approved").await.must(303);
    assert_eq!(phase(&nord, order).await, "approved", "said again, nothing moves");
    let report = gantry::app::verify_invariants(&nord.app().database().owner_url)
        .await
        .expect("a report");
    assert_eq!(report.breaches, vec![]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_click_on_the_last_decision_moves_once_and_a_no_to_everything_moves_nothing() {
    let (nord, mia, order, [brakes, oil]) = arrived().await;
    let (version, brakes, oil) = (mia.version(order).await, brakes.to_string(), oil.to_string());
    let key = nord.app().state().clock.new_uuid().to_string();
    let fields = [
        ("version", version.as_str()),
        ("key", key.as_str()),
        (&*brakes, "approved"),
        (&*oil, "approved"),
        ("method", "phone"),
        ("contact_name", "Ada"),
    ];
    for _ in 0..2 {
        mia.on_order(order, "decisions", &fields).await.must(303);
    }
    assert_eq!(phase(&nord, order).await, "approved", "right from received");
    assert_eq!(
        nord.db_count("work_order_moves", order).await,
        2,
        "opened and approved"
    );

    let other: WorkOrderId = mia
        .check_in(&[("plate", "HH-N 7"), ("name", "Bo")])
        .await
        .must(303)
        .id();
    let job = mia.make_job(other, "Brakes", "100.00").await;
    mia.decide(other, job, "declined").await.must(303);
    assert_eq!(phase(&nord, other).await, "received");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_something_is_missing_the_order_stays_and_the_page_says_what() {
    let nord = TestApp::new().await.workshop("nord").await;
    let mia = nord.manager().await;
    let order = mia.make_order(&nord).await;
    let job = mia.make_job(order, "Brakes", "100.00").await;
    let decided = mia.decide(order, job, "approved").await.must(303);
    assert_eq!(decided.flash().as_deref(), Some("Decision recorded"));
    assert_eq!(phase(&nord, order).await, "received");
    let page = mia.get(&format!("/work-orders/{order}")).await.must(200);
    assert!(page.shows("Before “Mark approved”") && page.shows("Enter the odometer in"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_finished_job_takes_the_order_to_its_check() {
    let (nord, mia, order, [brakes, oil]) = arrived().await;
    let tom = nord.technician("tom").await;
    assign(&mia, order, &tom).await;
    for job in [brakes, oil] {
        mia.decide(order, job, "approved").await.must(303);
    }
    work(&tom, order, brakes, "start").await;
    assert_eq!(phase(&nord, order).await, "in_progress", "the first start");
    work(&tom, order, brakes, "finish").await;
    assert_eq!(phase(&nord, order).await, "in_progress");
    work(&tom, order, oil, "start").await;
    let refused = mia
        .on_order(order, "moves", &[("to", "quality_check")])
        .await
        .must(409);
    assert!(refused.shows("Finish “Oil”") && !refused.shows("Finish “Brakes”"));
    let done = tom
        .on_order(order, &format!("jobs/{oil}/work"), &[("do", "finish")])
        .await
        .must(303);
    assert_eq!(
        done.flash().as_deref(),
        Some("All work is finished: moved to quality check")
    );
    assert_eq!(phase(&nord, order).await, "quality_check");
    let page = mia.get(&format!("/work-orders/{order}")).await.must(200);
    assert!(page.shows("Moved to Quality check") && page.shows("“All work is finished”"));
    work(&tom, order, oil, "start").await;
    assert_eq!(phase(&nord, order).await, "in_progress", "taken up again");
    let page = mia.get(&format!("/work-orders/{order}")).await.must(200);
    assert!(page.shows("Reopened “Oil”"));
    let report = gantry::app::verify_invariants(&nord.app().database().owner_url)
        .await
        .expect("a report");
    assert_eq!(report.breaches, vec![]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_decided_yet_keeps_the_order_in_work() {
    let (nord, mia, order, [brakes, oil]) = arrived().await;
    assign(&mia, order, &mia).await;
    for job in [brakes, oil] {
        mia.decide(order, job, "approved").await.must(303);
    }
    work(&mia, order, brakes, "start").await;
    let more = mia.make_job(order, "Wipers", "20.00").await;
    work(&mia, order, oil, "start").await;
    for job in [brakes, oil] {
        work(&mia, order, job, "finish").await;
    }
    assert_eq!(
        phase(&nord, order).await,
        "in_progress",
        "the wipers wait for a word"
    );
    let refused = mia
        .on_order(order, "moves", &[("to", "quality_check")])
        .await
        .must(409);
    assert!(refused.shows("decision on “Wipers”"));
    mia.decide(order, more, "declined").await.must(303);
    assert_eq!(phase(&nord, order).await, "quality_check");
}

/// An approved order whose brakes are being worked on, by whom everything is assigned to.
async fn at_work() -> (Workshop, Actor, WorkOrderId, [JobId; 2]) {
    let (nord, mia, order, jobs) = arrived().await;
    assign(&mia, order, &mia).await;
    for job in jobs {
        mia.decide(order, job, "approved").await.must(303);
    }
    work(&mia, order, jobs[0], "start").await;
    (nord, mia, order, jobs)
}

async fn no_breaches(nord: &Workshop) {
    let report = gantry::app::verify_invariants(&nord.app().database().owner_url)
        .await
        .expect("a report");
    assert_eq!(report.breaches, vec![]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_takes_an_order_back_to_the_work_that_runs_or_is_done() {
    let (nord, mia, order, [brakes, oil]) = at_work().await;
    let wipers = mia.make_job(order, "Wipers", "20.00").await;
    mia.move_order(order, "awaiting_approval").await.must(303);
    let decided = mia.decide(order, wipers, "declined").await.must(303);
    assert_eq!(
        decided.flash().as_deref(),
        Some("Decision recorded: work continues")
    );
    assert_eq!(phase(&nord, order).await, "in_progress", "the brakes run");
    let page = mia.get(&format!("/work-orders/{order}")).await.must(200);
    assert!(page.shows("“All jobs decided”") && page.shows("“Work has already started”"));

    work(&mia, order, brakes, "finish").await;
    work(&mia, order, oil, "start").await;
    let horn = mia.make_job(order, "Horn", "20.00").await;
    mia.move_order(order, "awaiting_approval").await.must(303);
    work(&mia, order, oil, "finish").await;
    assert_eq!(phase(&nord, order).await, "awaiting_approval", "of the horn");
    let decided = mia.decide(order, horn, "declined").await.must(303);
    assert_eq!(
        decided.flash().as_deref(),
        Some("Decision recorded: moved to quality check")
    );
    assert_eq!(phase(&nord, order).await, "quality_check");
    no_breaches(&nord).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_job_finished_while_parts_are_waited_for_takes_the_order_to_its_check() {
    let (nord, mia, order, [brakes, oil]) = at_work().await;
    mia.move_order(order, "waiting_for_parts").await.must(303);
    work(&mia, order, oil, "start").await;
    work(&mia, order, brakes, "finish").await;
    assert_eq!(phase(&nord, order).await, "waiting_for_parts", "the oil runs");
    work(&mia, order, oil, "finish").await;
    assert_eq!(phase(&nord, order).await, "quality_check");
    no_breaches(&nord).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_failed_its_check_stays_in_work_until_something_is_finished_again() {
    let (nord, mia, order, [brakes, oil]) = at_work().await;
    work(&mia, order, oil, "start").await;
    for job in [brakes, oil] {
        work(&mia, order, job, "finish").await;
    }
    assert_eq!(phase(&nord, order).await, "quality_check");
    nord.app().advance(TimeDelta::minutes(5));
    let failed = [("to", "in_progress"), ("reason", "The brakes pull left")];
    mia.on_order(order, "moves", &failed).await.must(303);
    let horn = mia.make_job(order, "Horn", "20.00").await;
    mia.decide(order, horn, "declined").await.must(303);
    assert_eq!(phase(&nord, order).await, "in_progress");
    mia.move_order(order, "awaiting_approval").await.must(303);
    mia.decide(order, horn, "declined").await.must(303);
    assert_eq!(phase(&nord, order).await, "in_progress", "nor on the long way");
    work(&mia, order, brakes, "start").await;
    let wipers = mia.make_job(order, "Wipers", "20.00").await;
    work(&mia, order, brakes, "finish").await;
    mia.decide(order, wipers, "declined").await.must(303);
    assert_eq!(phase(&nord, order).await, "quality_check", "mended");
    no_breaches(&nord).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approved_diagnosis_leaves_the_order_diagnosing() {
    let (nord, mia, order, jobs) = arrived().await;
    mia.move_order(order, "diagnosing").await.must(303);
    for job in jobs {
        let decided = mia.decide(order, job, "approved").await.must(303);
        assert_eq!(decided.flash().as_deref(), Some("Decision recorded"));
    }
    assert_eq!(phase(&nord, order).await, "diagnosing");
    let page = mia.get(&format!("/work-orders/{order}")).await.must(200);
    assert!(page.shows("Mark approved"));
    mia.move_order(order, "approved").await.must(303);
}
