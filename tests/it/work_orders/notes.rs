//! Notes that call: for attention, and for colleagues.
use crate::kit::{Actor, TestApp, Workshop};
use gantry::kernel::WorkOrderId;

async fn an_order(app: &TestApp) -> (Workshop, Actor, Actor, WorkOrderId) {
    let nord = app.workshop("nord").await;
    let (mia, rita) = (nord.manager().await, nord.receptionist().await);
    let order: WorkOrderId = rita.check_in(&[]).await.must(303).id();
    (nord, mia, rita, order)
}

fn path(order: WorkOrderId) -> String {
    format!("/work-orders/{order}")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_for_attention_stands_everywhere_until_somebody_takes_care() {
    let app = TestApp::new().await;
    let (_, mia, rita, order) = an_order(&app).await;
    let call = [
        ("audience", "internal"),
        ("body", "Wheel bolts are loose"),
        ("attention", "on"),
    ];
    mia.on_order(order, "notes", &call).await.must(303);
    let page = rita.get(&path(order)).await.must(200);
    assert!(page.shows("Needs attention") && page.shows("Resolved"));
    assert!(rita.get("/board").await.shows("Attention"));
    let list = rita.get("/work-orders?show=attention").await.must(200);
    assert!(list.shows("MAIN-1") && list.shows("Needs attention"));

    let seen = page.field("note").expect("the call's id");
    mia.on_order(
        order,
        "notes",
        &[
            ("audience", "internal"),
            ("body", "And the tyre"),
            ("attention", "on"),
        ],
    )
    .await
    .must(303);
    rita.on_order(order, "attention", &[("note", &seen)])
        .await
        .must(409);
    let newest = rita
        .get(&path(order))
        .await
        .field("note")
        .expect("the newer call");
    rita.on_order(order, "attention", &[("note", &newest)])
        .await
        .must(303);
    let page = rita.get(&path(order)).await.must(200);
    assert!(!page.shows("Needs attention since") && page.shows("Resolved the call"));
    assert!(!rita.get("/work-orders?show=attention").await.shows("MAIN-1"));
    rita.on_order(order, "attention", &[("note", &newest)])
        .await
        .must(409);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_who_is_named_or_ticked_finds_the_note_until_they_read_it() {
    let app = TestApp::new().await;
    let (nord, mia, rita, order) = an_order(&app).await;
    let note = |body| [("audience", "internal"), ("body", body)];
    rita.on_order(order, "notes", &note("@manager please call the customer"))
        .await
        .must(303);
    let id = mia.member().to_string();
    let ticked = [
        ("audience", "internal"),
        ("body", "Parts are here"),
        ("mention[]", &*id),
    ];
    rita.on_order(order, "notes", &ticked).await.must(303);

    let dashboard = mia.get("/dashboard").await.must(200);
    assert!(dashboard.shows("2 notes for you") && dashboard.shows("Parts are here"));
    assert!(mia.get("/my-jobs").await.shows("please call the customer"));
    assert!(mia.get(&path(order)).await.shows("A colleague mentioned you"));
    assert!(!nord.owner().await.get("/dashboard").await.shows("for you"));
    assert!(!rita.get("/dashboard").await.shows("for you"));

    let both = mia.get(&path(order)).await.fields("note[]");
    assert_eq!(both.len(), 2);
    // One comes while she reads.
    rita.on_order(order, "notes", &note("@manager it is urgent now"))
        .await
        .must(303);
    let mut fields: Vec<_> = both.iter().map(|note| ("note[]", note.as_str())).collect();
    fields.push(("next", "/dashboard"));
    let back = mia.on_order(order, "mentions/seen", &fields).await.must(303);
    assert_eq!(back.location(), "/dashboard");
    let dashboard = mia.get("/dashboard").await;
    assert!(dashboard.shows("A note for you") && dashboard.shows("it is urgent now"));
    let events = nord.db_count("audit_events", order).await;
    mia.on_order(order, "mentions/seen", &fields).await.must(303);
    assert_eq!(nord.db_count("audit_events", order).await, events, "said twice");
    let last = dashboard.field("note[]").expect("a note");
    let last = [("note[]", last.as_str())];
    rita.on_order(order, "mentions/seen", &last).await.must(404);
    mia.on_order(order, "mentions/seen", &[]).await.must(404);
    mia.on_order(order, "mentions/seen", &last).await.must(303);
    assert!(!mia.get("/dashboard").await.shows("for you"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_could_not_see_the_note_is_not_called_by_it() {
    let app = TestApp::new().await;
    let (nord, mia, rita, order) = an_order(&app).await;
    let tom = nord.technician("tom").await;
    let call = [("audience", "internal"), ("body", "@tom have a look")];
    let refused = rita.on_order(order, "notes", &call).await.must(422);
    assert!(refused.shows("has no job on this work order") && refused.shows("@tom have a look"));
    assert!(!refused.shows("tom · Technician</span></label>"));

    let job = mia.make_job(order, "Brakes", "10.00").await.to_string();
    let member = tom.member().to_string();
    mia.on_order(order, "assignments", &[("job", &job), ("member", &member)])
        .await
        .must(303);
    rita.on_order(order, "notes", &call).await.must(303);
    assert!(tom.get("/my-jobs").await.shows("A note for you"));

    let stranger = app.workshop("sud").await.owner().await.member().to_string();
    let fields = [
        ("audience", "internal"),
        ("body", "Hello"),
        ("mention[]", &*stranger),
    ];
    rita.on_order(order, "notes", &fields).await.must(422);
    let public = [("audience", "customer"), ("body", "@manager pays")];
    assert!(
        rita.on_order(order, "notes", &public)
            .await
            .must(422)
            .shows("write an internal note")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_bay_has_to_know_stands_on_the_order_and_the_board() {
    let app = TestApp::new().await;
    let (_, _, rita, order) = an_order(&app).await;
    let fields = [("urgent", "on"), ("off_site", "on"), ("key_tag", "17 b")];
    rita.on_order(order, "details", &fields).await.must(303);
    let page = rita.get(&path(order)).await.must(200);
    assert!(page.shows("Urgent") && page.shows("Not here") && page.shows("Key 17 b"));
    assert!(rita.get("/board").await.shows("Key 17 b"));
    let long = [("key_tag", "more than twenty letters")];
    rita.on_order(order, "details", &long).await.must(422);
    rita.on_order(order, "details", &[]).await.must(303);
    assert!(!rita.get(&path(order)).await.shows("Key 17 b"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_order_it_is_comes_before_what_a_move_lacks() {
    let app = TestApp::new().await;
    let (_, _, rita, order) = an_order(&app).await;
    rita.on_order(order, "moves", &[]).await.must(400);
    let stranger = app.workshop("sud").await.owner().await;
    stranger.on_order(order, "moves", &[]).await.must(404);
}
