//! Jobs, lines and decisions.
use crate::kit::{Actor, TestApp, Workshop};
use gantry::kernel::WorkOrderId;

async fn order() -> (Workshop, Actor, WorkOrderId) {
    let nord = TestApp::new().await.workshop("nord").await;
    let rita = nord.receptionist().await;
    let order = rita.make_order(&nord).await;
    (nord, rita, order)
}

fn line<'a>(version: &'a str, id: &'a str, price: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("version", version),
        ("line[]", id),
        ("kind[]", "part"),
        ("description[]", "Pads <front>"),
        ("part_number[]", "P-1"),
        ("quantity[]", "1,5"),
        ("unit_price[]", price),
        ("tax[]", "1900"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn the_total_follows_every_line_and_forgets_declined_jobs() {
    let (nord, rita, order) = order().await;
    let brakes = rita.make_job(order, "Brakes", "100.00").await;
    rita.make_job(order, "Oil", "50.00").await;
    assert_eq!(nord.db_total(order).await, 17_850);
    rita.decide(order, brakes, "declined").await.must(303);
    assert_eq!(nord.db_total(order).await, 5_950);
    let version = rita.version(order).await;
    rita.on_order(
        order,
        &format!("jobs/{brakes}/lines"),
        &line(&version, "", "10.00"),
    )
    .await
    .must(303);
    assert_eq!(
        nord.db_total(order).await,
        19_635,
        "a changed offer counts again: 100 + 15 + 50, with tax"
    );
    let page = rita.get(&format!("/work-orders/{order}")).await.must(200);
    assert!(page.shows("€196.35") && page.shows("Pads <front>"));
    let (statements, trips) = page.effort();
    assert!(statements <= 12 && trips <= 6, "{statements} {trips}");
}

/// H1: 0.125 was stored as 125.00.
#[tokio::test(flavor = "multi_thread")]
async fn three_decimals_of_a_price_are_refused_and_never_thousands() {
    let (nord, rita, order) = order().await;
    let job = rita.make_job(order, "Brakes", "100.00").await;
    let path = format!("jobs/{job}/lines");
    let version = rita.version(order).await;
    for price in ["0.125", ".500", "0.005", "1234.567", "0.001", "1,00,000"] {
        let refused = rita
            .on_order(order, &path, &line(&version, "", price))
            .await
            .must(422);
        assert!(refused.shows(price), "what was typed stays: {price}");
        let why = if price == "1,00,000" {
            "Example: 120.00"
        } else {
            "Must be a number with at most 2 decimals, such as 120.00."
        };
        assert!(refused.shows(why), "{price}");
    }
    assert_eq!(nord.db_count("lines", order).await, 1);
    rita.on_order(order, &path, &line(&version, "", "1,234.50"))
        .await
        .must(303);
    assert_eq!(nord.db_total(order).await, 11_900 + 220_358);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_line_comes_back_as_typed_and_saves_nothing() {
    let (nord, rita, order) = order().await;
    let job = rita.make_job(order, "Brakes", "100.00").await;
    let version = rita.version(order).await;
    let path = format!("jobs/{job}/lines");
    let refused = rita
        .on_order(order, &path, &line(&version, "", "a lot"))
        .await
        .must(422);
    assert!(refused.shows("a lot") && refused.shows("Pads <front>") && refused.shows("Check the format"));
    let minus = rita
        .on_order(order, &path, &line(&version, "", "-5"))
        .await
        .must(422);
    assert!(minus.shows("use the kind Discount"));
    assert_eq!(nord.db_count("lines", order).await, 1);
    rita.on_order(order, "jobs", &[("title", " ")]).await.must(422);
    let payer = rita
        .on_order(order, "jobs", &[("title", "T"), ("payer", "nobody")])
        .await;
    payer.must(422);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_is_removed_only_when_its_button_was_pressed() {
    let (nord, rita, order) = order().await;
    let job = rita.make_job(order, "Brakes", "100.00").await;
    let page = rita.get(&format!("/work-orders/{order}")).await.must(200);
    let id = page.field("line[]").expect("a line");
    let version = page.field("version").expect("a version");
    let path = format!("jobs/{job}/lines");
    rita.on_order(order, &path, &[("version", &version)])
        .await
        .must(303);
    assert_eq!(
        nord.db_count("lines", order).await,
        1,
        "an empty form removes nothing"
    );
    rita.on_order(order, &path, &[("version", &version), ("remove[]", &id)])
        .await
        .must(303);
    assert_eq!(
        (nord.db_count("lines", order).await, nord.db_total(order).await),
        (0, 0)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_keeps_what_was_shown_and_a_changed_line_asks_again() {
    let (nord, rita, order) = order().await;
    let job = rita.make_job(order, "Brakes", "100.00").await;
    rita.decide(order, job, "approved").await.must(303);
    let page = rita.get(&format!("/work-orders/{order}")).await.must(200);
    assert!(page.shows("Changing the price needs a new approval"));
    let (id, version) = (
        page.field("line[]").expect("a line"),
        page.field("version").expect("a version"),
    );
    rita.on_order(
        order,
        &format!("jobs/{job}/lines"),
        &line(&version, &id, "200.00"),
    )
    .await
    .must(303);
    let page = rita.get(&format!("/work-orders/{order}")).await.must(200);
    assert!(page.shows("Undecided") && page.shows("now €357.00"));
    let text = page.text();
    let (_, rest) = text
        .split_once(&format!("/work-orders/{order}/decisions/"))
        .expect("a link");
    let link = rest.split('"').next().unwrap_or_default();
    let kept = rita
        .get(&format!("/work-orders/{order}/decisions/{link}"))
        .await
        .must(200);
    assert!(kept.shows("€119.00") && !kept.shows("Pads"));
    let amount: i64 = sqlx::query_scalar("select amount_minor from authorizations where work_order_id = $1")
        .bind(order.uuid())
        .fetch_one(&mut nord.db().await)
        .await
        .expect("an authorization");
    assert_eq!(amount, 11_900);
    let change = "update authorizations set amount_minor = 0 where work_order_id = $1";
    assert_eq!(nord.db_refusal(change, order.uuid()).await, "GA001");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_is_about_the_version_that_was_read_out() {
    let (_, rita, order) = order().await;
    let job = rita.make_job(order, "Brakes", "100.00").await;
    let seen = rita.version(order).await;
    rita.make_job(order, "Oil", "50.00").await;
    let job_text = job.to_string();
    let fields = [
        ("version", seen.as_str()),
        (&job_text, "approved"),
        ("method", "phone"),
        ("contact_name", "Ada"),
    ];
    assert!(
        rita.on_order(order, "decisions", &fields)
            .await
            .must(409)
            .shows("Someone else changed this in the meantime")
    );
    let nothing = [
        ("version", seen.as_str()),
        ("method", "phone"),
        ("contact_name", ""),
    ];
    rita.on_order(order, "decisions", &nothing).await.must(409);
    let version = rita.version(order).await;
    let nothing = [
        ("version", version.as_str()),
        ("method", "phone"),
        ("contact_name", ""),
    ];
    let refused = rita.on_order(order, "decisions", &nothing).await.must(422);
    assert!(refused.shows("Choose Approve or Decline") && refused.shows("Enter who decided."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decided_job_keeps_its_title_and_an_undecided_one_can_go() {
    let (nord, rita, order) = order().await;
    let (brakes, oil) = (
        rita.make_job(order, "Brakes", "100").await,
        rita.make_job(order, "Oil", "50").await,
    );
    rita.decide(order, brakes, "approved").await.must(303);
    let version = rita.version(order).await;
    let rename = [
        ("version", version.as_str()),
        ("title", "Other"),
        ("payer", "customer"),
    ];
    assert!(
        rita.on_order(order, &format!("jobs/{brakes}"), &rename)
            .await
            .must(409)
            .shows("Only an undecided job")
    );
    rita.on_order(order, &format!("jobs/{oil}"), &rename)
        .await
        .must(303);
    let version = rita.version(order).await;
    rita.on_order(
        order,
        &format!("jobs/{oil}"),
        &[("version", &version), ("remove", "on")],
    )
    .await
    .must(303);
    assert_eq!(nord.db_count("jobs", order).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_click_acts_once() {
    let (nord, rita, order) = order().await;
    let key = rita.app().state().clock.new_uuid().to_string();
    for _ in 0..2 {
        rita.on_order(order, "jobs", &[("title", "Brakes"), ("key", &key)])
            .await
            .must(303);
    }
    assert_eq!(nord.db_count("jobs", order).await, 1);
    let key = rita.app().state().clock.new_uuid().to_string();
    for _ in 0..2 {
        let note = [
            ("body", "Call first"),
            ("audience", "internal"),
            ("key", key.as_str()),
        ];
        rita.on_order(order, "notes", &note).await.must(303);
    }
    assert_eq!(nord.db_count("notes", order).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_concern_is_answered_and_a_colleagues_answer_is_not_overwritten() {
    let (nord, rita, order) = order().await;
    let mona = nord.manager().await;
    rita.on_order(order, "concerns", &[("concern", "It squeaks")])
        .await
        .must(303);
    let page = mona.get(&format!("/work-orders/{order}")).await.must(200);
    let text = page.text();
    let (_, rest) = text
        .split_once(&format!("/work-orders/{order}/concerns/con_"))
        .expect("a form");
    let path = format!("concerns/con_{}/finding", &rest[..26]);
    mona.on_order(
        order,
        &path,
        &[("cause", "Pads worn"), ("correction", "Replaced")],
    )
    .await
    .must(303);
    assert!(
        mona.get(&format!("/work-orders/{order}"))
            .await
            .shows("Pads worn")
    );
    let late = mona
        .on_order(order, &path, &[("cause", "Discs bent")])
        .await
        .must(409);
    assert!(late.shows("Discs bent"), "what was typed is kept");
    rita.on_order(order, &path, &[("cause", "x")]).await.must(403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lower_odometer_needs_a_reason() {
    let (_, rita, order) = order().await;
    rita.on_order(order, "odometer", &[("point", "in"), ("value", "84250")])
        .await
        .must(303);
    let lower = [
        ("point", "out"),
        ("value", "84000"),
        ("odometer_reason", "New instrument"),
    ];
    assert!(
        rita.on_order(order, "odometer", &lower[..2])
            .await
            .must(422)
            .shows("Lower than at check-in")
    );
    rita.on_order(order, "odometer", &lower).await.must(303);
    rita.on_order(order, "odometer", &[("point", "out"), ("value", "many")])
        .await
        .must(422);
}

#[tokio::test(flavor = "multi_thread")]
async fn words_may_be_put_right_while_work_runs_but_another_price_stops_it() {
    let nord = TestApp::new().await.workshop("nord").await;
    let (rita, mia, tom) = (
        nord.receptionist().await,
        nord.manager().await,
        nord.technician("tom").await,
    );
    let order: WorkOrderId = rita.check_in(&[]).await.must(303).id();
    let job = rita.make_job(order, "Brakes", "100.00").await;
    let lines = format!("jobs/{job}/lines");
    let page = rita.get(&format!("/work-orders/{order}")).await;
    let id = page.field("line[]").expect("a line");
    let save = async |price: &str, words: &str| {
        let version = mia.version(order).await;
        let mut fields = line(&version, &id, price);
        fields[3].1 = words;
        mia.on_order(order, &lines, &fields).await.must(303)
    };
    save("100.00", "Pads").await;
    rita.decide(order, job, "approved").await.must(303);
    mia.move_order(order, "approved").await.must(303);
    let (named, member) = (job.to_string(), tom.member().to_string());
    mia.on_order(order, "assignments", &[("job", &*named), ("member", &*member)])
        .await
        .must(303);
    tom.post(&format!("/my-jobs/{order}/jobs/{job}/start"), &[])
        .await
        .must(303);

    save("100.00", "Pads, ceramic").await;
    let bay = tom.get("/my-jobs").await;
    assert!(bay.shows("Running since") && !bay.shows("Waiting for approval"));
    save("120.00", "Pads, ceramic").await;
    let bay = tom.get("/my-jobs").await;
    assert!(!bay.shows("Running since") && bay.shows("Waiting for approval"));
    let breaches = gantry::app::verify_invariants(&nord.app().database().owner_url)
        .await
        .expect("a report");
    assert_eq!(breaches.breaches, vec![]);

    rita.decide(order, job, "approved").await.must(303);
    for step in ["start", "finish"] {
        tom.post(&format!("/my-jobs/{order}/jobs/{job}/{step}"), &[])
            .await
            .must(303);
    }
    save("130.00", "Pads, ceramic").await;
    let breaches = gantry::app::verify_invariants(&nord.app().database().owner_url)
        .await
        .expect("a report");
    assert_eq!(breaches.breaches, vec![]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_technician_reads_no_money_in_the_history() {
    let nord = TestApp::new().await.workshop("nord").await;
    let (mia, tom) = (nord.manager().await, nord.technician("tom").await);
    let ready = nord.db_ready_order().await;
    let invoice = mia.make_invoice(ready).await;
    mia.pay(invoice, &[]).await.must(303);
    nord.db_right("technician", "ViewAllOrders", true).await;
    let path = format!("/work-orders/{ready}");
    assert!(mia.get(&path).await.must(200).shows("Posted invoice"));
    let toms = tom.get(&path).await.must(200);
    assert!(!toms.shows("Posted invoice") && !toms.shows("Took €"));
}
