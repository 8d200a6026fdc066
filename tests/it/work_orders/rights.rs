//! Who sees and does what.
use crate::kit::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn a_technician_sees_the_orders_that_name_them_and_no_others() {
    let nord = TestApp::new().await.workshop("nord").await;
    let (mona, tomas) = (nord.manager().await, nord.technician("tomas").await);
    let (toms, other) = (mona.make_order(&nord).await, mona.make_order(&nord).await);
    let job = mona.make_job(toms, "Brakes", "123.45").await;
    let (job_text, member) = (job.to_string(), tomas.member().to_string());
    mona.make_job(other, "Oil", "50").await;
    tomas.get(&format!("/work-orders/{toms}")).await.must(404);
    mona.on_order(toms, "assignments", &[("member", &member), ("job", &job_text)])
        .await
        .must(303);
    let page = tomas.get(&format!("/work-orders/{toms}")).await.must(200);
    assert!(
        page.shows("Brakes") && !page.shows("123.45"),
        "prices are the office's business"
    );
    tomas.get(&format!("/work-orders/{other}")).await.must(404);
    let list = tomas.get("/work-orders?show=all").await.must(200);
    assert!(list.text().contains(&toms.to_string()) && !list.text().contains(&other.to_string()));
    tomas
        .on_order(other, "notes", &[("body", "Hi"), ("audience", "internal")])
        .await
        .must(404);
    tomas
        .on_order(other, "moves", &[("to", "diagnosing")])
        .await
        .must(404);
    tomas.on_order(toms, "jobs", &[("title", "More")]).await.must(403);
    nord.db_right("technician", "ViewAllOrders", true).await;
    tomas.get(&format!("/work-orders/{other}")).await.must(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn work_starts_when_it_is_authorized_and_by_who_is_named() {
    let nord = TestApp::new().await.workshop("nord").await;
    let (mona, tomas, tina) = (
        nord.manager().await,
        nord.technician("tomas").await,
        nord.technician("tina").await,
    );
    let order = mona.make_order(&nord).await;
    let (brakes, oil) = (
        mona.make_job(order, "Brakes", "100").await,
        mona.make_job(order, "Oil", "50").await,
    );
    for (who, job) in [(&tomas, brakes), (&tina, oil)] {
        let (member, job) = (who.member().to_string(), job.to_string());
        mona.on_order(order, "assignments", &[("member", &member), ("job", &job)])
            .await
            .must(303);
    }
    let work = format!("jobs/{brakes}/work");
    assert!(
        tomas
            .on_order(order, &work, &[("do", "start")])
            .await
            .must(409)
            .shows("Record the customer's decision on “Brakes”: it is not approved")
    );
    let direct = "update jobs set work_state = 'started' where id = $1";
    assert_eq!(nord.db_refusal(direct, brakes.uuid()).await, "GA005");
    mona.decide(order, brakes, "approved").await.must(303);
    tina.on_order(order, &work, &[("do", "start")]).await.must(404);
    tomas.on_order(order, &work, &[("do", "start")]).await.must(303);
    tomas.on_order(order, &work, &[("do", "start")]).await.must(409);
    tomas.on_order(order, &work, &[("do", "finish")]).await.must(303);
    mona.decide(order, oil, "declined").await.must(303);
    tina.on_order(order, &format!("jobs/{oil}/work"), &[("do", "start")])
        .await
        .must(409);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_accountant_reads_and_another_workshop_finds_nothing() {
    let app = TestApp::new().await;
    let (nord, sud) = (app.workshop("nord").await, app.workshop("sud").await);
    let mona = nord.manager().await;
    let order = mona.make_order(&nord).await;
    let job = mona.make_job(order, "Brakes", "100").await;
    let path = format!("/work-orders/{order}");
    let page = nord.accountant().await.get(&path).await.must(200);
    assert!(page.shows("€119.00") && !page.text().contains(&format!("action=\"{path}")));
    let stranger = sud.owner().await;
    stranger.get(&path).await.must(404);
    let forms = [
        "moves",
        "details",
        "concerns",
        "jobs",
        "decisions",
        "assignments",
        "odometer",
        "notes",
        "hand-over",
    ];
    let fields = [
        ("to", "diagnosing"),
        ("title", "x"),
        ("concern", "x"),
        ("body", "x"),
        ("audience", "internal"),
        ("point", "in"),
        ("value", "1"),
        ("method", "phone"),
        ("contact_name", "x"),
        ("collected_by", "x"),
        ("typed", "x"),
    ];
    for part in forms {
        let mut fields = fields.to_vec();
        let member = stranger.member().to_string();
        fields.push(("member", &member));
        stranger.on_order(order, part, &fields).await.must(404);
    }
    let own = stranger.make_order(&sud).await;
    let mixed = [("version", "1"), ("title", "x")];
    stranger
        .on_order(own, &format!("jobs/{job}"), &mixed)
        .await
        .must(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_finds_a_number_and_a_customer() {
    let nord = TestApp::new().await.workshop("nord").await;
    let rita = nord.receptionist().await;
    let order = rita.make_order(&nord).await;
    for query in ["1", "%231", "MAIN-1", "Lovelace", "lovelac"] {
        let found = rita.get(&format!("/work-orders?q={query}")).await.must(200);
        assert!(found.text().contains(&order.to_string()), "{query}");
    }
    assert!(
        rita.get("/work-orders?q=zzzz")
            .await
            .must(200)
            .shows("No results")
    );
    assert!(
        rita.get("/work-orders?show=received")
            .await
            .text()
            .contains(&order.to_string())
    );
    assert!(rita.get("/work-orders?show=closed").await.shows("No work orders"));
    rita.get("/work-orders?show=nonsense&before=nonsense")
        .await
        .must(200);
    rita.get("/work-orders/wo_00000000000000000000000000")
        .await
        .must(404);
    rita.get("/work-orders/nonsense").await.must(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_kept_in_an_older_form_is_still_told() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let mia = nord.manager().await;
    let order = mia.make_order(&nord).await;
    let id = gantry::kernel::AuthorizationId::new(app.state().clock.new_uuid());
    sqlx::query(
        "insert into authorizations (id, work_order_id, decision, method, contact_name, amount_minor, shown, member_id, at)
         values ($1, $2, 'approved', 'phone', 'Ada', 11900, '{\"rev\": 0}', $3, now())",
    )
    .bind(id.uuid())
    .bind(order.uuid())
    .bind(mia.member().uuid())
    .execute(&mut nord.db().await)
    .await
    .expect("a decision");
    let page = mia
        .get(&format!("/work-orders/{order}/decisions/{id}"))
        .await
        .must(200);
    assert!(page.shows("119.00") && page.shows("Ada") && page.shows("older form"));
}
