//! Who may write one, to whom, and what the form says.
use super::{WRITTEN, a_workshop, at};
use crate::kit::{Actor, TestApp};
use gantry::kernel::{AnnouncementId, Role};

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_form_keeps_everything_that_was_typed_and_ticked() {
    let app = TestApp::new().await;
    let (nord, owner, ..) = a_workshop(&app).await;
    let west = nord.branch("WEST").await.id.to_string();
    let fields = [
        ("title", " "),
        ("body", "First line\nsecond <line>"),
        ("until", "2026-03-01"),
        ("reach", "chosen"),
        ("branches[]", &*west),
        ("roles[]", "accountant"),
    ];
    let page = owner.announce(&fields).await.must(422);
    assert!(page.shows("Enter the title.") && page.shows("Must be a day from today on, within a year."));
    let text = page.text();
    let (_, area) = text.split_once("<textarea").expect("a text");
    let area = area.split("</textarea").next().unwrap_or_default();
    assert!(area.contains("First line\nsecond &lt;line"), "{area}");
    assert_eq!(page.field("until").as_deref(), Some("2026-03-01"));
    for ticked in [&*west, "accountant", "chosen"] {
        let tag = text
            .split('<')
            .find(|tag| tag.contains(&format!("value=\"{ticked}\"")));
        assert!(tag.is_some_and(|tag| tag.contains("checked")), "{ticked}");
    }
    for (field, value, sentence) in [
        ("title", "x".repeat(121), "Use at most 120 characters."),
        ("body", "x".repeat(10_001), "Use at most 10000 characters."),
        (
            "until",
            "soon".to_owned(),
            "Check the format. Example: 2026-11-21",
        ),
        ("until", "2028-03-01".to_owned(), "within a year"),
        (
            "reach",
            "chosen".to_owned(),
            "Choose at least one branch, or all branches.",
        ),
        (
            "roles[]",
            "emperor".to_owned(),
            "Choose from this workshop's roles.",
        ),
    ] {
        let page = owner.announce(&[(field, &value)]).await.must(422);
        assert!(page.shows(sentence), "{field}");
    }
    assert_eq!(nord.db_told(WRITTEN).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_click_announces_once() {
    let app = TestApp::new().await;
    let (nord, owner, rita, _) = a_workshop(&app).await;
    let key = owner
        .get("/announcements/new")
        .await
        .must(200)
        .field("key")
        .expect("a key");
    let field = [("key", &*key)];
    let (one, other) = tokio::join!(owner.announce(&field), owner.announce(&field));
    assert_eq!(one.must(303).location(), other.must(303).location());
    assert_eq!(nord.db_told(WRITTEN).await, 1);
    assert_eq!(
        rita.get("/dashboard")
            .await
            .text()
            .matches("Closed on Friday")
            .count(),
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_lacks_the_right_does_not_announce_until_an_owner_gives_it() {
    let app = TestApp::new().await;
    let (nord, owner, rita, tomas) = a_workshop(&app).await;
    let announcement: AnnouncementId = owner.announce(&[]).await.must(303).id();
    for who in [&rita, &tomas] {
        assert!(
            !who.get("/announcements")
                .await
                .must(200)
                .shows("New announcement")
        );
        who.get("/announcements/new").await.must(403);
        who.announce(&[]).await.must(403);
        who.post(&format!("{}/withdraw", at(announcement)), &[])
            .await
            .must(403);
        // Neither the list of everything nor who read it.
        assert!(
            !who.get("/announcements?show=all")
                .await
                .must(200)
                .shows("not read yet")
        );
        assert!(!who.get(&at(announcement)).await.must(200).shows("Who read it"));
    }
    sqlx::query("insert into role_rights (role, right_name, granted) values ('receptionist', 'Announce', true), ('manager', 'Announce', false)")
        .execute(&mut nord.db().await)
        .await
        .expect("a right given, one taken");
    assert!(
        rita.get("/announcements")
            .await
            .must(200)
            .shows("New announcement")
    );
    let branch = nord.main.id.to_string();
    let own = [("reach", "chosen"), ("branches[]", &*branch)];
    rita.announce(&own).await.must(303);
    nord.manager().await.announce(&own).await.must(403);
}

/// Announces to these branches.
async fn to(who: &Actor, branches: &[&str]) -> u16 {
    let mut fields = vec![("title", "Ladder"), ("body", "By the door"), ("reach", "chosen")];
    fields.extend(branches.iter().map(|branch| ("branches[]", *branch)));
    who.post("/announcements/new", &fields).await.status.as_u16()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_of_some_branches_speaks_to_those_and_takes_back_no_more() {
    let app = TestApp::new().await;
    let (nord, owner, ..) = a_workshop(&app).await;
    let (main, west) = (nord.main.id.to_string(), nord.branch("WEST").await.id.to_string());
    let foreign = app.workshop("sued").await.main.id.to_string();
    let max = nord.manager().await;
    let wanda = nord.member("wanda", Role::Technician, &[]).await;
    assert!(
        !max.get("/announcements/new")
            .await
            .must(200)
            .shows("All branches, including new ones")
    );
    let page = max.announce(&[]).await.must(422);
    assert!(page.shows("Only people who work in all branches can announce to all of them."));
    assert_eq!(to(&max, &[&west]).await, 422);
    assert_eq!(to(&max, &[&main, &west]).await, 422);
    assert_eq!(to(&max, &[&foreign]).await, 422);
    assert_eq!(to(&owner, &[&foreign]).await, 422);
    assert_eq!(to(&max, &[&main]).await, 303);
    assert!(wanda.get("/dashboard").await.must(200).shows("Ladder"));

    // The owner's word to everybody is not theirs to take back, and who read it elsewhere is not theirs to know.
    let announcement: AnnouncementId = owner.announce(&[]).await.must(303).id();
    let wim = nord
        .member("wim", Role::Receptionist, &[west.parse().expect("an id")])
        .await;
    wim.post(&format!("{}/read", at(announcement)), &[])
        .await
        .must(303);
    let page = max.get(&at(announcement)).await.must(200);
    assert!(page.shows("receptionist") && !page.shows("wim") && !page.shows("Withdraw"));
    assert!(owner.get(&at(announcement)).await.must(200).shows("wim"));
    let refused = max
        .post(&format!("{}/withdraw", at(announcement)), &[])
        .await
        .must(409);
    assert!(refused.shows("Only people who work in all of them can withdraw it."));
    assert_eq!(to(&owner, &[&west]).await, 303);
    let all = max.get("/announcements?show=all").await.must(200);
    assert_eq!(
        all.text().matches("Ladder").count(),
        1,
        "the other branch's is not theirs to see"
    );
}
