//! The trail holds both states of what was changed on a work order and around it.
use crate::kit::{TestApp, Workshop};
use serde_json::{Value, json};

/// The newest event's states before and after.
async fn states(nord: &Workshop, action: &str) -> (Value, Value) {
    let detail: Value = sqlx::query_scalar(
        "select coalesce(detail, '{}') from audit_events where action = $1 order by at desc, id desc limit 1",
    )
    .bind(action)
    .fetch_one(&mut nord.db().await)
    .await
    .expect(action);
    (detail["before"].clone(), detail["after"].clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_keep_what_they_were() {
    let nord = TestApp::new().await.workshop("nord").await;
    let mona = nord.manager().await;
    let order = mona.make_order(&nord).await;
    let job = mona.make_job(order, "Brakes", "100.00").await;
    let (before, after) = states(&nord, "lines.saved").await;
    assert_eq!(before, json!({ "“Work”": null }));
    assert_eq!(after["“Work”"]["Unit price"], "€100.00");
    let page = mona.get(&format!("/work-orders/{order}")).await;
    let (version, line) = (
        page.field("version").expect("one"),
        page.field("line[]").expect("one"),
    );
    let path = format!("jobs/{job}/lines");
    let dearer = [
        ("version", version.as_str()),
        ("line[]", line.as_str()),
        ("kind[]", "labor"),
        ("description[]", "Work"),
        ("part_number[]", ""),
        ("quantity[]", "1.5"),
        ("unit_price[]", "120"),
        ("tax[]", "1900"),
    ];
    mona.on_order(order, &path, &dearer).await.must(303);
    let (before, after) = states(&nord, "lines.saved").await;
    assert_eq!(
        before,
        json!({ "“Work”": { "Quantity": "1", "Unit price": "€100.00" } })
    );
    assert_eq!(
        after,
        json!({ "“Work”": { "Quantity": "1.5", "Unit price": "€120.00" } })
    );
    let version = mona.version(order).await;
    let gone = [("version", version.as_str()), ("remove[]", line.as_str())];
    mona.on_order(order, &path, &gone).await.must(303);
    let (before, after) = states(&nord, "lines.saved").await;
    assert_eq!(
        (&before["“Work”"]["Unit price"], &after["“Work”"]),
        (&json!("€120.00"), &Value::Null)
    );
    let trail = nord.owner().await.get("/trail").await.must(200);
    assert!(trail.shows("Unit price: €100.00") && trail.shows("Unit price: €120.00"));
}

#[tokio::test(flavor = "multi_thread")]
async fn jobs_keep_what_they_were_until_they_are_removed() {
    let nord = TestApp::new().await.workshop("nord").await;
    let mona = nord.manager().await;
    let order = mona.make_order(&nord).await;
    let job = mona.make_job(order, "Brakes", "100.00").await;
    let version = mona.version(order).await;
    let path = format!("jobs/{job}");
    let renamed = [
        ("version", version.as_str()),
        ("title", "Front brakes"),
        ("payer", "warranty"),
    ];
    mona.on_order(order, &path, &renamed).await.must(303);
    assert_eq!(
        states(&nord, "job.changed").await,
        (
            json!({ "Title": "Brakes", "Pay type": "Customer" }),
            json!({ "Title": "Front brakes", "Pay type": "Warranty" })
        )
    );
    let work = format!("jobs/{job}/work");
    let other = mona.make_job(order, "Oil", "50.00").await;
    mona.on_order(order, &work, &[("do", "start")]).await.must(303);
    assert_eq!(
        states(&nord, "job.started").await,
        (json!({ "Work": "Not started" }), json!({ "Work": "Started" }))
    );
    mona.decide(order, other, "declined").await.must(303);
    assert_eq!(
        states(&nord, "decision.declined").await,
        (json!({ "“Oil”": "Undecided" }), json!({ "“Oil”": "Declined" }))
    );
    let third = mona.make_job(order, "Wipers", "20.00").await;
    let version = mona.version(order).await;
    let removed = [("version", version.as_str()), ("remove", "on")];
    mona.on_order(order, &format!("jobs/{third}"), &removed)
        .await
        .must(303);
    let (before, _) = states(&nord, "job.removed").await;
    assert_eq!(
        (&before["Title"], &before["“Work”"]["Unit price"]),
        (&json!("Wipers"), &json!("€20.00"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn promise_and_advisor_keep_what_they_were() {
    let nord = TestApp::new().await.workshop("nord").await;
    let (mona, rita) = (nord.manager().await, nord.receptionist().await);
    let order = mona.make_order(&nord).await;
    let (first, second) = (mona.member().to_string(), rita.member().to_string());
    let promised = [
        ("promised_at", "2026-07-01T17:30"),
        ("advisor", first.as_str()),
        ("key_tag", "7"),
    ];
    mona.on_order(order, "details", &promised).await.must(303);
    let moved = [
        ("promised_at", "2026-07-02T09:00"),
        ("advisor", second.as_str()),
        ("key_tag", "7"),
        ("urgent", "on"),
    ];
    mona.on_order(order, "details", &moved).await.must(303);
    assert_eq!(
        states(&nord, "work_order.changed").await,
        (
            json!({ "Promised for": "1 Jul 2026, 17:30", "Advisor": "manager", "Urgent": false }),
            json!({ "Promised for": "2 Jul 2026, 09:00", "Advisor": "receptionist", "Urgent": true })
        )
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn words_meters_people_and_drafts_keep_what_they_were() {
    let nord = TestApp::new().await.workshop("nord").await;
    let (mona, tomas) = (nord.manager().await, nord.technician("tomas").await);
    let order = mona.make_order(&nord).await;
    let job = mona.make_job(order, "Brakes", "100.00").await;
    mona.on_order(order, "concerns", &[("concern", "It rattles")])
        .await
        .must(303);
    let concern: uuid::Uuid = sqlx::query_scalar("select id from concerns")
        .fetch_one(&mut nord.db().await)
        .await
        .expect("a concern");
    let path = format!("concerns/{}", gantry::kernel::ConcernId::new(concern));
    mona.on_order(order, &path, &[("concern", "It squeaks"), ("was", "It rattles")])
        .await
        .must(303);
    let changed = (
        json!({ "Concern": "It rattles" }),
        json!({ "Concern": "It squeaks" }),
    );
    assert_eq!(states(&nord, "concern.changed").await, changed);
    mona.on_order(order, &format!("{path}/finding"), &[("cause", "Rust")])
        .await
        .must(303);
    assert_eq!(
        states(&nord, "concern.answered").await,
        (json!({ "Cause": "" }), json!({ "Cause": "Rust" }))
    );
    for value in ["84250", "84260"] {
        mona.on_order(order, "odometer", &[("point", "in"), ("value", value)])
            .await
            .must(303);
    }
    let read = (json!({ "Odometer in": 84_250 }), json!({ "Odometer in": 84_260 }));
    assert_eq!(states(&nord, "work_order.odometer_read").await, read);
    let (member, job) = (tomas.member().to_string(), job.to_string());
    let named = [("member", member.as_str()), ("job", job.as_str())];
    mona.on_order(order, "assignments", &named).await.must(303);
    assert_eq!(
        states(&nord, "technician.assigned").await.1,
        json!({ "Technician": "tomas" })
    );
    let off = [named[0], named[1], ("remove", "on")];
    mona.on_order(order, "assignments", &off).await.must(303);
    assert_eq!(
        states(&nord, "technician.unassigned").await.0,
        json!({ "Technician": "tomas" })
    );
    let draft = mona.make_draft(nord.db_ready_order().await).await;
    mona.post(&format!("/invoices/{draft}/edit"), &[("subject", "Brakes")])
        .await
        .must(303);
    assert_eq!(
        states(&nord, "invoice.edited").await,
        (json!({ "Subject": "" }), json!({ "Subject": "Brakes" }))
    );
    let ada = mona.make_customer(&[]).await;
    mona.post(&format!("/customers/{ada}/archive"), &[("reason", "Moved")])
        .await
        .must(303);
    assert_eq!(
        states(&nord, "customer.archived").await,
        (json!({ "Archived": false }), json!({ "Archived": true }))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_given_taken_and_told_keeps_what_it_was() {
    let nord = TestApp::new().await.workshop("nord").await;
    let owner = nord.owner().await;
    for (span, before) in [("hour", Value::Null), ("day", json!("2 Mar 2026, 11:00"))] {
        owner.post("/settings/support", &[("span", span)]).await.must(303);
        let (earlier, later) = states(&nord, "support.granted").await;
        assert_eq!(earlier["Support access until"], before);
        assert_ne!(later["Support access until"], before);
    }
    owner.announce(&[("title", "Closed on Friday")]).await.must(303);
    let (before, after) = states(&nord, "announcement.published").await;
    assert_eq!(
        (&before["Title"], &after["Title"]),
        (&Value::Null, &json!("Closed on Friday"))
    );
    assert_eq!(
        (&after["Branches"], &after["Roles"]),
        (&json!("all"), &json!("all"))
    );
    nord.invite("ina@example.com", "technician").await.must(303);
    let (before, after) = states(&nord, "invite.sent").await;
    assert_eq!((before, &after["role"]), (json!({}), &json!("Technician")));
    owner.post("/settings/leave", &[("sure", "yes")]).await.must(303);
    let (before, after) = states(&nord, "organization.left").await;
    assert_eq!((&before["Left"], &after["Left"]), (&json!(false), &json!(true)));
    assert_eq!(
        (&before["Locked on"], &after["Locked on"]),
        (&Value::Null, &json!("1 Apr 2026"))
    );
    let trail = owner.get("/trail").await.must(200);
    assert!(
        trail.shows("Locked on") && trail.shows("1 Apr 2026"),
        "{}",
        trail.text()
    );
}
