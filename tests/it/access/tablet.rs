//! A tablet that a branch shares.
use super::{confirm, count, sign_in, signed_in};
use crate::kit::{Actor, Answer, TestApp, Workshop};
use chrono::TimeDelta;
use gantry::kernel::{MemberId, Role};

async fn set_pin(actor: &Actor, pin: &str) -> Answer {
    actor.post("/account/pin", &[("pin", pin)]).await
}

/// A browser that a manager made the tablet of a branch, then signed out of.
async fn tablet(nord: &Workshop) -> Actor {
    let manager = nord.manager().await;
    let branch = nord.main.id.to_string();
    let fields = [("name", "Tyre corner"), ("branch", branch.as_str())];
    manager.post("/settings/tablets", &fields).await.must(303);
    assert_eq!(
        manager.post("/sign-out", &[]).await.must(303).location(),
        "/switch"
    );
    manager
}

async fn switch(tablet: &Actor, member: MemberId, pin: &str) -> Answer {
    tablet
        .post("/switch", &[("member", &member.to_string()), ("pin", pin)])
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_and_a_pin_sign_in_as_oneself_and_out_whoever_was_there() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (rita, tomas) = (nord.receptionist().await, nord.technician("tomas").await);
    set_pin(&rita, "2580").await.must(303);
    set_pin(&tomas, "19842").await.must(303);
    let tablet = tablet(&nord).await;
    let people = tablet.get("/switch").await.must(200);
    assert!(
        people.shows("receptionist") && people.shows("tomas") && people.shows("No PIN yet: manager, owner.")
    );
    let pad = tablet
        .get(&format!("/switch?member={}", rita.member()))
        .await
        .must(200);
    assert!(pad.shows("Your PIN"));
    switch(&tablet, rita.member(), "2580").await.must(303);
    let ritas = tablet.session().expect("a session");
    tablet
        .post("/customers/new", &[("kind", "person"), ("name", "Ada")])
        .await
        .must(303);
    let by: String = sqlx::query_scalar("select member_name from audit_events where action like 'customer%'")
        .fetch_one(&mut app.db_admin().await)
        .await
        .expect("an event");
    assert_eq!(by, "receptionist");
    switch(&tablet, tomas.member(), "19842").await.must(303);
    assert!(tablet.get("/my-jobs").await.must(200).shows("tomas"));
    let replay = axum::http::Request::get("/customers").header("cookie", format!("gantry_session={ritas}"));
    app.visitor()
        .send(replay, axum::body::Body::empty())
        .await
        .must(401);
    assert!(signed_in(&rita).await, "her own browser is not touched");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_by_pin_idles_out_after_half_an_hour() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let rita = nord.receptionist().await;
    set_pin(&rita, "2580").await.must(303);
    let tablet = tablet(&nord).await;
    switch(&tablet, rita.member(), "2580").await.must(303);
    app.advance(TimeDelta::minutes(30) - TimeDelta::seconds(5));
    assert!(signed_in(&tablet).await);
    app.advance(TimeDelta::minutes(31));
    let out = tablet.get("/customers").await.must(303);
    assert_eq!(out.location(), "/switch?next=%2Fcustomers");
}

#[tokio::test(flavor = "multi_thread")]
async fn five_wrong_pins_make_one_person_wait_on_one_tablet_and_nobody_s_password() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (rita, tomas) = (nord.receptionist().await, nord.technician("tomas").await);
    set_pin(&rita, "2580").await.must(303);
    set_pin(&tomas, "19842").await.must(303);
    let (one, other) = (tablet(&nord).await, tablet(&nord).await);
    for n in 0..5 {
        switch(&one, rita.member(), &format!("100{n}")).await.must(422);
    }
    let refused = switch(&one, rita.member(), "2580").await.must(429);
    assert_eq!(refused.header("retry-after"), "900");
    switch(&other, rita.member(), "2580").await.must(303);
    switch(&one, tomas.member(), "19842").await.must(303);
    sign_in(&app.visitor(), "receptionist@nord.test").await.must(303);
    app.advance(TimeDelta::minutes(15));
    switch(&one, rita.member(), "2580").await.must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_at_everybody_on_one_tablet_end_after_twenty() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let tablet = tablet(&nord).await;
    let mut refused = 0;
    for n in 0..30u128 {
        let nobody = MemberId::new(uuid::Uuid::from_u128(n));
        refused += u32::from(switch(&tablet, nobody, "2580").await.status == 429);
    }
    assert_eq!(refused, 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pin_opens_nothing_without_its_tablet_or_for_people_from_elsewhere() {
    let app = TestApp::new().await;
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    let west = nord.branch("WEST").await;
    let (rita, susi) = (nord.receptionist().await, sued.receptionist().await);
    let wanda = nord.member("wanda", Role::Receptionist, &[west.id]).await;
    let gone = nord.technician("gone").await;
    for actor in [&rita, &susi, &wanda, &gone] {
        set_pin(actor, "2580").await.must(303);
    }
    sqlx::query("update members set deactivated_at = $1 where id = $2")
        .bind(app.now())
        .bind(gone.member().uuid())
        .execute(&mut app.db_admin().await)
        .await
        .expect("a leaver");
    let visitor = app.visitor();
    assert!(visitor.get("/switch").await.must(200).shows("No shared tablet"));
    assert_eq!(
        switch(&visitor, rita.member(), "2580").await.must(303).location(),
        "/switch"
    );
    assert!(visitor.session().is_none());
    let tablet = tablet(&nord).await;
    let people = tablet.get("/switch").await.must(200);
    assert!(!people.shows("wanda") && !people.shows("gone"));
    for actor in [&susi, &wanda, &gone] {
        switch(&tablet, actor.member(), "2580").await.must(422);
    }
    switch(&tablet, rita.member(), "2580").await.must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retired_tablet_signs_everybody_out_and_lets_nobody_in() {
    let app = TestApp::new().await;
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    let rita = nord.receptionist().await;
    set_pin(&rita, "2580").await.must(303);
    let tablet = tablet(&nord).await;
    switch(&tablet, rita.member(), "2580").await.must(303);
    let owner = nord.owner().await;
    let page = owner.get("/settings/tablets").await.must(200);
    assert!(page.shows("Tyre corner") && page.shows("By manager"));
    let id = page.field("tablet").expect("a tablet");
    let foreign = sued.owner().await;
    assert!(!foreign.get("/settings/tablets").await.shows("Tyre corner"));
    foreign
        .post("/settings/tablets/retire", &[("tablet", &id)])
        .await
        .must(404);
    rita.post("/settings/tablets/retire", &[("tablet", &id)])
        .await
        .must(403);
    owner
        .post("/settings/tablets/retire", &[("tablet", &id)])
        .await
        .must(303);
    assert!(!signed_in(&tablet).await && signed_in(&rita).await);
    assert!(tablet.get("/switch").await.shows("No shared tablet"));
    switch(&tablet, rita.member(), "2580").await.must(303);
    assert!(!signed_in(&tablet).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_makes_tablets_of_their_own_branches_only() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let west = nord.branch("WEST").await;
    let manager = nord.manager().await;
    let foreign = west.id.to_string();
    manager
        .post("/settings/tablets", &[("name", "Bay"), ("branch", &foreign)])
        .await
        .must(404);
    assert_eq!(count(&app, "select count(*) from auth.tablets").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_easy_pin_is_refused_and_a_new_one_asks_for_the_password() {
    let app = TestApp::new().await;
    let rita = app.workshop("nord").await.receptionist().await;
    for pin in ["0000", "1234", "9999", "987654"] {
        assert!(
            set_pin(&rita, pin).await.must(422).shows("too easy to guess"),
            "{pin}"
        );
    }
    assert!(set_pin(&rita, "12").await.must(422).shows("4 to 8 digits"));
    app.advance(TimeDelta::minutes(11));
    assert!(
        set_pin(&rita, "2580")
            .await
            .must(403)
            .shows("Enter your password to continue")
    );
    confirm(&rita).await;
    set_pin(&rita, "2580").await.must(303);
    assert_eq!(count(&app, "select count(*) from auth.pins").await, 1);
    rita.post("/account/pin/remove", &[]).await.must(303);
    assert_eq!(count(&app, "select count(*) from auth.pins").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sensitive_asks_whoever_came_by_pin_for_the_password() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    set_pin(&owner, "2580").await.must(303);
    let tablet = tablet(&nord).await;
    switch(&tablet, owner.member(), "2580").await.must(303);
    let role = [("name", "Foreman"), ("base", "technician")];
    assert!(
        tablet
            .post("/settings/roles/new", &role)
            .await
            .must(403)
            .shows("Enter your password to continue")
    );
    assert!(
        set_pin(&tablet, "85201")
            .await
            .must(403)
            .shows("Enter your password to continue")
    );
    confirm(&tablet).await;
    tablet.post("/settings/roles/new", &role).await.must(303);
}
