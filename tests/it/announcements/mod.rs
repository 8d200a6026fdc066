//! What the workshop tells its people: who is shown it, who read it, and that it is never changed.
mod examples;
mod kept;
mod written;

use crate::kit::{Actor, TestApp, Workshop};
use gantry::kernel::AnnouncementId;

async fn a_workshop(app: &TestApp) -> (Workshop, Actor, Actor, Actor) {
    let nord = app.workshop("nord").await;
    let (owner, rita, tomas) = (
        nord.owner().await,
        nord.receptionist().await,
        nord.technician("tomas").await,
    );
    (nord, owner, rita, tomas)
}

fn at(id: AnnouncementId) -> String {
    format!("/announcements/{id}")
}

/// Whether the page calls somebody to read something.
async fn calls(actor: &Actor, page: &str, title: &str) -> bool {
    let page = actor.get(page).await.must(200);
    page.shows(title) && page.text().contains("/read\"")
}

const RECEIPTS: &str = "select count(*) from announcement_receipts where org_id = $1";
const WRITTEN: &str = "select count(*) from announcements where org_id = $1";

#[tokio::test(flavor = "multi_thread")]
async fn an_announcement_stands_on_top_until_it_is_read_and_its_writer_sees_by_whom() {
    let app = TestApp::new().await;
    let (nord, owner, rita, tomas) = a_workshop(&app).await;
    let announcement: AnnouncementId = owner.announce(&[]).await.must(303).id();
    for (who, page) in [
        (&rita, "/dashboard"),
        (&tomas, "/dashboard"),
        (&tomas, "/my-jobs"),
    ] {
        assert!(calls(who, page, "Closed on Friday").await, "{page}");
    }
    assert!(
        !calls(&owner, "/dashboard", "Closed on Friday").await,
        "one knows what one wrote"
    );

    let page = rita.get(&at(announcement)).await.must(200);
    assert!(page.shows("Promise nothing for Friday.\nTell those who call.") && !page.shows("Who read it"));
    let back = rita
        .post(&format!("{}/read", at(announcement)), &[("next", "/dashboard")])
        .await
        .must(303);
    assert_eq!(back.location(), "/dashboard");
    assert!(!rita.get("/dashboard").await.shows("Closed on Friday"));
    assert!(rita.get("/announcements").await.must(200).shows("you read it"));
    assert!(calls(&tomas, "/dashboard", "Closed on Friday").await);

    let page = owner.get(&at(announcement)).await.must(200);
    assert!(page.shows("Read by 1 of 2.") && page.shows("Not yet") && page.shows("Today, 10:00"));
    // Again, from a tab that was open, or somewhere else in the world.
    let read = format!("{}/read", at(announcement));
    let away = rita
        .post(&read, &[("next", "https://evil.test/")])
        .await
        .must(303);
    assert_eq!(away.location(), "/announcements");
    assert_eq!(nord.db_told(RECEIPTS).await, 1);
    let count = "select count(*) from audit_events where org_id = $1 and action = 'announcement.read'";
    assert_eq!(nord.db_told(count).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_for_its_branches_and_its_roles_only() {
    let app = TestApp::new().await;
    let (nord, owner, rita, tomas) = a_workshop(&app).await;
    let west = nord.branch("WEST").await;
    let wanda = nord
        .member("wanda", gantry::kernel::Role::Technician, &[west.id])
        .await;
    let branch = west.id.to_string();
    let fields = [
        ("reach", "chosen"),
        ("branches[]", &*branch),
        ("roles[]", "technician"),
        ("roles[]", "manager"),
    ];
    let announcement: AnnouncementId = owner.announce(&fields).await.must(303).id();
    assert!(calls(&wanda, "/my-jobs", "Closed on Friday").await);
    wanda.get(&at(announcement)).await.must(200);
    let read = format!("{}/read", at(announcement));
    for (stranger, why) in [(&tomas, "another branch"), (&rita, "another role")] {
        for page in ["/dashboard", "/announcements"] {
            assert!(
                !stranger.get(page).await.must(200).shows("Closed on Friday"),
                "{why}"
            );
        }
        stranger.get(&at(announcement)).await.must(404);
        stranger.post(&read, &[]).await.must(404);
    }
    let page = owner.get(&at(announcement)).await.must(200);
    assert!(page.shows("Managers, Technicians in nord WEST") && page.shows("wanda") && !page.shows("tomas"));
    // Not for owners, so nobody waits for one; still hers to see.
    assert!(!page.shows("/read") && nord.db_told(RECEIPTS).await == 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_later_is_shown_what_still_holds_and_not_what_is_over() {
    let app = TestApp::new().await;
    let (nord, owner, rita, _) = a_workshop(&app).await;
    owner
        .announce(&[("title", "Until Tuesday"), ("until", "2026-03-03")])
        .await
        .must(303);
    app.advance(chrono::TimeDelta::minutes(1));
    owner.announce(&[("title", "For long")]).await.must(303);
    let page = rita.get("/dashboard").await.must(200).text();
    let (long, short) = (page.find("For long"), page.find("Until Tuesday"));
    assert!(long.is_some() && long < short, "the newest first");
    app.advance(chrono::TimeDelta::days(2));
    let nina = nord.technician("nina").await;
    let page = nina.get("/dashboard").await.must(200);
    assert!(page.shows("For long") && !page.shows("Until Tuesday"));
    let list = nina.get("/announcements").await.must(200);
    assert!(list.shows("Until Tuesday") && list.shows("Not read") && list.shows("New"));
    // Without a day an announcement asks for a year.
    app.advance(chrono::TimeDelta::days(364));
    let otto = nord.technician("otto").await;
    assert!(!otto.get("/dashboard").await.must(200).shows("For long"));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_newest_stand_on_the_first_page_and_a_long_text_is_cut_there() {
    let app = TestApp::new().await;
    let (_, owner, rita, _) = a_workshop(&app).await;
    for day in 1..=5 {
        let (title, body) = (format!("News {day}"), format!("{} the end", "word ".repeat(200)));
        owner
            .announce(&[("title", &title), ("body", &body)])
            .await
            .must(303);
        app.advance(chrono::TimeDelta::minutes(1));
    }
    let page = rita.get("/dashboard").await.must(200);
    assert!(page.shows("News 5") && page.shows("News 3") && !page.shows("News 2"));
    assert!(page.shows("More") && page.shows("Read all of it") && !page.shows("the end"));
    let (_, rest) = page
        .text()
        .split_once("/announcements/ann_")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .expect("a link");
    let id = rest.split('"').next().unwrap_or_default().to_owned();
    assert!(
        rita.get(&format!("/announcements/ann_{id}"))
            .await
            .must(200)
            .shows("the end")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_goes_on_page_by_page() {
    let app = TestApp::new().await;
    let (nord, owner, rita, _) = a_workshop(&app).await;
    assert!(
        rita.get("/announcements")
            .await
            .must(200)
            .shows("No announcements yet")
    );
    assert!(
        owner
            .get("/announcements")
            .await
            .must(200)
            .shows("New announcement")
    );
    let receptionist = nord.receptionist().await;
    for number in 1..=27 {
        let title = format!("News number {number}.");
        owner.announce(&[("title", &title)]).await.must(303);
        app.advance(chrono::TimeDelta::seconds(1));
    }
    for (who, list) in [
        (&receptionist, "/announcements"),
        (&owner, "/announcements?show=all"),
    ] {
        let first = who.get(list).await.must(200);
        assert!(
            first.shows("News number 27.") && first.shows("News number 3.") && !first.shows("News number 2.")
        );
        let next = first.page().next().expect("an older page");
        let second = who.get(&next).await.must(200);
        assert!(
            second.shows("News number 2.")
                && second.shows("News number 1.")
                && !second.shows("News number 3.")
        );
    }
}
