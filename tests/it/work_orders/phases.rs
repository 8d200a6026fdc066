//! Phases: the table, the gates, the end.
use crate::kit::{Actor, TestApp, Workshop};
use gantry::kernel::{JobId, WorkOrderId};

async fn nord() -> (Workshop, Actor) {
    let nord = TestApp::new().await.workshop("nord").await;
    let mona = nord.manager().await;
    (nord, mona)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_illegal_move_is_refused_by_the_page_and_by_the_database() {
    let (nord, mona) = nord().await;
    let order = mona.make_order(&nord).await;
    for to in ["ready", "delivered", "in_progress", "received"] {
        assert!(
            mona.on_order(order, "moves", &[("to", to)])
                .await
                .must(409)
                .shows("cannot move to"),
            "{to}"
        );
    }
    mona.move_order(order, "somewhere").await.must(400);
    let direct = "update work_orders set phase = 'ready' where id = $1";
    assert_eq!(nord.db_refusal(direct, order.uuid()).await, "GA003");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_tells_everything_that_is_missing_at_once() {
    let (nord, mona) = nord().await;
    let order = mona.make_order(&nord).await;
    let refused = mona.move_order(order, "approved").await.must(409);
    assert!(refused.shows("Enter the odometer in") && refused.shows("Add at least one job"));
    mona.make_job(order, "Brakes", "100").await;
    mona.make_job(order, "Oil", "50").await;
    mona.on_order(order, "odometer", &[("point", "in"), ("value", "84,250")])
        .await
        .must(303);
    let refused = mona.move_order(order, "approved").await.must(409);
    for what in ["decision on “Brakes”", "decision on “Oil”", "#decisions"] {
        assert!(refused.shows(what), "{what}");
    }
    assert!(!refused.shows("Enter the odometer in"));
}

/// Everything up to "ready", by a manager.
async fn make_ready(nord: &Workshop, mona: &Actor) -> (WorkOrderId, JobId) {
    let order = mona.make_order(nord).await;
    let job = mona.make_job(order, "Brakes", "100.00").await;
    let (job_text, member) = (job.to_string(), mona.member().to_string());
    mona.on_order(order, "odometer", &[("point", "in"), ("value", "84250")])
        .await
        .must(303);
    mona.move_order(order, "awaiting_approval").await.must(303);
    mona.decide(order, job, "approved").await.must(303);
    mona.move_order(order, "approved").await.must(303);
    let refused = mona.move_order(order, "in_progress").await.must(409);
    assert!(refused.shows("Assign a technician to “Brakes”"));
    mona.on_order(order, "assignments", &[("member", &member), ("job", &job_text)])
        .await
        .must(303);
    mona.move_order(order, "in_progress").await.must(303);
    for word in ["start", "finish"] {
        mona.on_order(order, &format!("jobs/{job}/work"), &[("do", word)])
            .await
            .must(303);
    }
    let refused = mona.move_order(order, "ready").await.must(409);
    assert!(refused.shows("Enter the odometer out"));
    mona.on_order(order, "odometer", &[("point", "out"), ("value", "84251")])
        .await
        .must(303);
    mona.move_order(order, "ready").await.must(303);
    (order, job)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_goes_all_the_way_and_is_closed_for_everybody_afterwards() {
    let (nord, mona) = nord().await;
    let (order, job) = make_ready(&nord, &mona).await;
    let unsigned = mona
        .on_order(order, "hand-over", &[("collected_by", "Ada")])
        .await
        .must(422);
    assert!(unsigned.shows("Sign, or type a name."));
    let collected = [("collected_by", "Ada"), ("typed", "Ada Lovelace")];
    assert!(
        mona.on_order(order, "hand-over", &collected)
            .await
            .must(409)
            .shows("Post an invoice")
    );
    let anyway = [
        collected[0],
        collected[1],
        ("override", "on"),
        ("reason", "Invoice follows by post"),
    ];
    mona.on_order(order, "hand-over", &anyway).await.must(303);
    let page = mona.get(&format!("/work-orders/{order}")).await.must(200);
    assert!(page.shows("Collected by Ada") && page.shows("closed") && page.shows("Invoice follows by post"));
    let forms = page.text().replace(&format!("/work-orders/{order}/invoice"), "");
    assert!(
        !forms.contains(&format!("action=\"/work-orders/{order}")),
        "no form about the work is left"
    );
    let line = format!("jobs/{job}/lines");
    let writes: [(&str, &[(&str, &str)]); 6] = [
        ("jobs", &[("title", "More")]),
        ("concerns", &[("concern", "More")]),
        ("notes", &[("body", "More"), ("audience", "internal")]),
        ("moves", &[("to", "in_progress")]),
        (&line, &[("version", "9")]),
        ("odometer", &[("point", "out"), ("value", "90000")]),
    ];
    for (part, fields) in writes {
        assert!(
            mona.on_order(order, part, fields).await.must(409).shows("closed"),
            "{part}"
        );
    }
    let direct = [
        "update work_orders set waiting = true where id = $1",
        "update jobs set title = 'x' where work_order_id = $1",
        "delete from lines where work_order_id = $1",
        "insert into notes (id, work_order_id, audience, body, member_id, at) select gen_random_uuid(), $1, 'internal', 'x', m.id, now() from members m limit 1",
    ];
    for statement in direct {
        assert_eq!(
            nord.db_refusal(statement, order.uuid()).await,
            "GA002",
            "{statement}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_may_override_passes_a_gate_and_only_with_a_reason() {
    let (nord, mona) = nord().await;
    let rita = nord.receptionist().await;
    let order = mona.make_order(&nord).await;
    let wish = [
        ("to", "awaiting_approval"),
        ("override", "on"),
        ("reason", "Phone only"),
    ];
    rita.on_order(order, "moves", &wish).await.must(403);
    mona.on_order(order, "moves", &wish[..2]).await.must(422);
    mona.on_order(order, "moves", &wish).await.must(303);
    let page = mona.get(&format!("/work-orders/{order}")).await.must(200);
    assert!(page.shows("overriding") && page.shows("Phone only"));
    let table = [("to", "quality_check"), ("override", "on"), ("reason", "Because")];
    mona.on_order(order, "moves", &table).await.must(409);
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_says_why_and_is_the_offices_business() {
    let (nord, mona) = nord().await;
    let tomas = nord.technician("tomas").await;
    let order = mona.make_order(&nord).await;
    let job = mona.make_job(order, "Brakes", "100").await.to_string();
    let assign = [("member", tomas.member().to_string()), ("job", job)];
    let assign: Vec<(&str, &str)> = assign.iter().map(|(a, b)| (*a, b.as_str())).collect();
    mona.on_order(order, "assignments", &assign).await.must(303);
    let wish = [("to", "cancelled"), ("reason", "Sold the car")];
    tomas.on_order(order, "moves", &wish).await.must(403);
    assert!(
        mona.on_order(order, "moves", &wish[..1])
            .await
            .must(422)
            .shows("Enter a reason.")
    );
    mona.on_order(order, "moves", &wish).await.must(303);
    assert!(
        mona.get(&format!("/work-orders/{order}"))
            .await
            .must(200)
            .shows("Sold the car")
    );
}
