//! Settings, Labels: added, renamed, recoloured, ordered, archived, restored, and one the default.
use super::*;
use crate::kit::TestApp;
use serde_json::json;

/// The names of a phase in the order of the page.
async fn names(nord: &Workshop, phase: &str) -> Vec<String> {
    sqlx::query_scalar(
        "select name from labels where org_id = $1 and phase = $2 and archived_at is null order by position, id",
    )
    .bind(nord.org.uuid())
    .bind(phase)
    .fetch_all(&mut nord.db().await)
    .await
    .expect("names")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_adds_renames_and_recolours_a_label_and_the_trail_keeps_both_states() {
    let nord = TestApp::new().await.workshop("nord").await;
    let mona = nord.manager().await;
    assert!(mona.get("/settings").await.must(200).shows("/settings/labels"));
    let id = label(&mona, &nord, "waiting_for_parts", "Parts ordered").await;
    let path = format!("/settings/labels/{id}");
    let page = mona.get(&path).await.must(200);
    let version = page.field("version").expect("a version");
    let fields = [
        ("phase", "waiting_for_parts"),
        ("name", "  On   order "),
        ("color", "violet"),
        ("version", &version),
    ];
    mona.post(&path, &fields).await.must(303);
    let list = mona.get("/settings/labels").await.must(200);
    assert!(list.shows("On order") && !list.shows("Parts ordered"));
    assert!(
        list.text().contains("badge-label tone-violet"),
        "the colour beside the name"
    );
    let (who, before, after) = newest_event(&nord, "label.changed").await;
    assert_eq!(who, "manager");
    assert_eq!(before, json!({ "Name": "Parts ordered", "Color": "Teal" }));
    assert_eq!(after, json!({ "Name": "On order", "Color": "Violet" }));
    let late = [
        ("phase", "waiting_for_parts"),
        ("name", "Back order"),
        ("color", "red"),
        ("version", &version),
    ];
    let late = mona.post(&path, &late).await.must(409);
    assert!(
        late.shows("On order") && late.field("name").as_deref() == Some("Back order"),
        "both versions are shown"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_label_is_refused_at_its_field_and_nothing_typed_is_lost() {
    let nord = TestApp::new().await.workshop("nord").await;
    let mona = nord.manager().await;
    label(&mona, &nord, "ready", "Call customer").await;
    let long = "x".repeat(31);
    for (phase, name, color, says) in [
        ("ready", "", "blue", "Enter a name."),
        ("ready", long.as_str(), "blue", "30"),
        (
            "ready",
            "CALL customer",
            "blue",
            "This phase already has a label with this name.",
        ),
        ("delivered", "Gone", "blue", "Choose a phase of open work orders."),
        ("lunch", "Gone", "blue", "Phase"),
        ("ready", "Loud", "ultraviolet", "Colour"),
    ] {
        let refused = add(&mona, phase, name, color).await.must(422);
        assert!(refused.shows(says), "{phase} {name} {color}");
        assert_eq!(refused.field("name").unwrap_or_default(), name);
    }
    // The same name in another phase is another label.
    label(&mona, &nord, "quality_check", "Call customer").await;
    assert_eq!(names(&nord, "ready").await, ["Call customer"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn labels_keep_the_order_that_their_buttons_give_them() {
    let nord = TestApp::new().await.workshop("nord").await;
    let mona = nord.manager().await;
    let one = label(&mona, &nord, "ready", "One").await;
    label(&mona, &nord, "ready", "Two").await;
    let three = label(&mona, &nord, "ready", "Three").await;
    press(&mona, three, "position", "up").await.must(303);
    assert_eq!(names(&nord, "ready").await, ["One", "Three", "Two"]);
    press(&mona, one, "position", "down").await.must(303);
    assert_eq!(names(&nord, "ready").await, ["Three", "One", "Two"]);
    press(&mona, three, "position", "up").await.must(303);
    assert_eq!(
        names(&nord, "ready").await,
        ["Three", "One", "Two"],
        "the first stays first"
    );
    let (_, before, after) = newest_event(&nord, "label.moved").await;
    assert_eq!((before, after), (json!({ "Place": 1 }), json!({ "Place": 2 })));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archived_label_is_offered_no_more_and_comes_back_unless_its_name_was_given_away() {
    let nord = TestApp::new().await.workshop("nord").await;
    let mona = nord.manager().await;
    let order = mona.make_order(&nord).await;
    let id = default(&mona, &nord, "received", "To inspect").await;
    set(&mona, order, id).await.must(303);
    press(&mona, id, "archive", "").await.must(303);
    press(&mona, id, "archive", "").await.must(404);
    press(&mona, id, "default", "on").await.must(404);
    assert_eq!(
        carried(&nord, order).await.as_deref(),
        Some("To inspect"),
        "what carries it keeps it"
    );
    let other = mona.check_in(&[]).await.must(303).id();
    assert_eq!(carried(&nord, other).await, None, "it is no default any more");
    assert_eq!(set(&mona, other, id).await.status, 409);
    label(&mona, &nord, "received", "to INSPECT").await;
    let refused = press(&mona, id, "restore", "").await.must(409);
    assert!(refused.shows("This phase has another label with this name. Rename that one first."));
    let second = label(&mona, &nord, "received", "Towed in").await;
    press(&mona, second, "archive", "").await.must(303);
    press(&mona, second, "restore", "").await.must(303);
    assert_eq!(names(&nord, "received").await, ["to INSPECT", "Towed in"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workshop_has_eighty_labels_at_most() {
    let nord = TestApp::new().await.workshop("nord").await;
    let mona = nord.manager().await;
    sqlx::query(
        "insert into labels (id, phase, name, name_norm, color, position, created_at)
         select gen_random_uuid(), 'ready', 'No. ' || n, 'no. ' || n, 'blue', n, now() from generate_series(1, 80) n",
    )
    .execute(&mut nord.db().await)
    .await
    .expect("labels");
    let refused = add(&mona, "received", "One more", "blue").await.must(409);
    assert!(refused.shows("A workshop can have 80 labels. Archive one that you no longer need first."));
    assert_eq!(refused.field("name").as_deref(), Some("One more"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_not_manage_labels_and_whoever_works_elsewhere_change_none() {
    let app = TestApp::new().await;
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    let mona = nord.manager().await;
    let id = label(&mona, &nord, "received", "To inspect").await;
    for actor in [nord.receptionist().await, nord.technician("tom").await] {
        actor.get("/settings/labels").await.must(403);
        press(&actor, id, "archive", "").await.must(403);
    }
    let stranger = sued.owner().await;
    assert!(
        !stranger
            .get("/settings/labels")
            .await
            .must(200)
            .shows("To inspect")
    );
    for what in ["archive", "restore", "position", "default"] {
        press(&stranger, id, what, "up").await.must(404);
    }
    let theirs = stranger.make_order(&sued).await;
    set(&stranger, theirs, id).await.must(404);
    let list = stranger.get(&format!("/work-orders?with={id}")).await.must(200);
    assert!(!list.shows("To inspect"));
}
