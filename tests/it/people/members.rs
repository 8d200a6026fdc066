//! Members: changed, deactivated, reactivated, never without an owner and never beyond one's own rights.
use super::{borrowed, grant};
use crate::kit::{Actor, Answer, TestApp, Workshop};
use axum::body::Body;
use axum::http::Request;
use gantry::kernel::{BranchId, MemberId, Role};

async fn change(
    actor: &Actor,
    nord: &Workshop,
    member: MemberId,
    role: &str,
    branches: &[BranchId],
) -> Answer {
    let mut fields = grant(role, branches);
    fields.push(("version".to_owned(), nord.db_version(member).await));
    actor
        .post(&format!("/settings/members/{member}"), &borrowed(&fields))
        .await
}

async fn deactivate(actor: &Actor, member: MemberId) -> Answer {
    let path = format!("/settings/members/{member}/deactivate");
    actor.post(&path, &[("reason", "Left in May")]).await
}

async fn owners(nord: &Workshop) -> i64 {
    nord.db_counted(
        "select count(*) from members where org_id = $1 and role = 'owner' and deactivated_at is null",
    )
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_sees_everybody_with_role_branches_and_last_visit() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (owner, _tomas) = (nord.owner().await, nord.technician("tomas").await);
    nord.db_member("mara", Role::Manager, &[]).await;
    let page = owner.get("/settings/members").await.must(200);
    for words in [
        "tomas@nord.test",
        "Technician",
        "nord MAIN",
        "All branches",
        "2 Mar 2026",
        "Never",
        "3 active members",
    ] {
        assert!(page.shows(words), "{words}");
    }
    nord.manager().await.get("/settings/members").await.must(403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_role_holds_from_the_next_request_and_is_in_the_trail() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (owner, rita) = (nord.owner().await, nord.receptionist().await);
    let west = nord.branch("WEST").await;
    rita.get("/settings/members").await.must(403);
    rita.get("/my-jobs").await.must(403);
    change(&owner, &nord, rita.member(), "technician", &[west.id])
        .await
        .must(303);
    rita.get("/my-jobs").await.must(200);
    assert!(rita.get("/dashboard").await.must(200).shows("nord WEST"));
    let (before, after): (String, String) = sqlx::query_as(
        "select detail -> 'before' ->> 'role', detail -> 'after' ->> 'role' from audit_events where org_id = $1 and action = 'member.changed'",
    )
    .bind(nord.org.uuid())
    .fetch_one(&mut nord.db().await)
    .await
    .expect("a trail");
    assert_eq!((before.as_str(), after.as_str()), ("Receptionist", "Technician"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stale_form_changes_nothing() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (owner, rita) = (nord.owner().await, nord.receptionist().await);
    let mut fields = grant("technician", &[nord.main.id]);
    fields.push(("version".to_owned(), "1".to_owned()));
    let path = format!("/settings/members/{}", rita.member());
    owner.post(&path, &borrowed(&fields)).await.must(303);
    fields[0].1 = "accountant".to_owned();
    owner.post(&path, &borrowed(&fields)).await.must(409);
    assert_eq!(nord.db_version(rita.member()).await, "2");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_without_role_or_branch_is_refused_at_both_fields() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (owner, rita) = (nord.owner().await, nord.receptionist().await);
    let page = change(&owner, &nord, rita.member(), "", &[]).await.must(422);
    assert!(page.shows("Choose a role.") && page.shows("Choose at least one branch"));
    // A branch of nobody's is none.
    let foreign = app.workshop("sued").await.main.id;
    change(&owner, &nord, rita.member(), "manager", &[foreign])
        .await
        .must(422);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_owner_is_neither_demoted_nor_deactivated() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    let me = owner.member();
    let refused = change(&owner, &nord, me, "manager", &[nord.main.id])
        .await
        .must(409);
    assert!(refused.shows("This is the last owner."));
    deactivate(&owner, me).await.must(409);
    nord.db_member("second", Role::Owner, &[]).await;
    change(&owner, &nord, me, "manager", &[nord.main.id])
        .await
        .must(303);
    assert_eq!(owners(&nord).await, 1);
    // Also around the product, the database keeps the last one.
    let refused =
        sqlx::query("update members set deactivated_at = now() where org_id = $1 and role = 'owner'")
            .bind(nord.org.uuid())
            .execute(&mut nord.db().await)
            .await
            .expect_err("a workshop without an owner");
    let code = refused
        .as_database_error()
        .and_then(|error| error.code().map(|code| code.into_owned()));
    assert_eq!(code.as_deref(), Some("GA020"));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_owners_who_deactivate_each_other_one_stays() {
    let app = TestApp::in_real_time().await;
    for round in 0..5 {
        let nord = app.workshop(&format!("nord{round}")).await;
        let one = nord.owner().await;
        let two = nord.member("second", Role::Owner, &[]).await;
        let (to_two, to_one) = (two.member(), one.member());
        let (first, second) = tokio::join!(deactivate(&one, to_two), deactivate(&two, to_one));
        assert_eq!(owners(&nord).await, 1, "{} {}", first.status, second.status);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_owners_who_demote_each_other_around_the_service_one_stays() {
    let app = TestApp::in_real_time().await;
    let nord = app.workshop("nord").await;
    let one = nord.owner().await.member();
    let two = nord.db_member("second", Role::Owner, &[]).await;
    let demote = async |member: MemberId| {
        let mut db = nord.db().await;
        sqlx::query("update members set role = 'manager' where id = $1")
            .bind(member.uuid())
            .execute(&mut db)
            .await
            .is_ok()
    };
    let (first, second) = tokio::join!(demote(one), demote(two));
    assert_ne!(first, second);
    assert_eq!(owners(&nord).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leaver_is_out_at_once_keeps_their_name_and_can_come_back() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (owner, rita) = (nord.owner().await, nord.receptionist().await);
    let customer = rita.make_customer(&[]).await;
    let session = rita.cookie_header();
    let path = format!("/settings/members/{}", rita.member());
    let blank = owner
        .post(&format!("{path}/deactivate"), &[("reason", " ")])
        .await
        .must(422);
    assert!(blank.shows("Enter a reason."));
    deactivate(&owner, rita.member()).await.must(303);
    assert!(
        rita.get("/board")
            .await
            .must(303)
            .location()
            .starts_with("/sign-in")
    );
    let gone = app.visitor();
    let form = [
        ("email", "receptionist@nord.test"),
        ("password", crate::kit::PASSWORD),
    ];
    gone.post("/sign-in", &form).await.must(422);
    let page = owner.get(&format!("/customers/{customer}")).await.must(200);
    assert!(page.shows("receptionist"), "history keeps its author");
    assert!(owner.get(&path).await.must(200).shows("Left in May"));
    owner.post(&format!("{path}/reactivate"), &[]).await.must(303);
    // The old session stays dead: coming back is a new sign-in.
    let replay = Request::get("/board").header("cookie", session);
    app.visitor().send(replay, Body::empty()).await.must(401);
    gone.post("/sign-in", &form).await.must(303);
    gone.get("/board").await.must(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leavers_live_stream_ends_at_once() {
    let app = TestApp::in_real_time().await;
    app.state().events.start(app.state().db.clone());
    let nord = app.workshop("nord").await;
    let (owner, rita) = (nord.owner().await, nord.receptionist().await);
    rita.stream_ends_with(async || {
        deactivate(&owner, rita.member()).await.must(303);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_demoted_is_refused_next_and_their_live_stream_ends_at_once() {
    let app = TestApp::in_real_time().await;
    app.state().events.start(app.state().db.clone());
    let nord = app.workshop("nord").await;
    let (owner, mara) = (nord.owner().await, nord.manager().await);
    mara.get("/invoices").await.must(200);
    mara.stream_ends_with(async || {
        change(&owner, &nord, mara.member(), "technician", &[nord.main.id])
            .await
            .must(303);
        mara.get("/invoices").await.must(403);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gives_more_than_they_have_or_touches_whoever_has_more() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    nord.db_give("manager", "ManageMembers").await;
    nord.db_give("manager", "DismissMembers").await;
    let (mara, rita) = (nord.manager().await, nord.receptionist().await);
    let main = [nord.main.id];
    // A manager with that right invites and places those who may less …
    change(&mara, &nord, rita.member(), "technician", &main)
        .await
        .must(303);
    // … but makes no owner, gives no right that they lack, and does not touch an owner.
    let page = change(&mara, &nord, rita.member(), "owner", &main)
        .await
        .must(422);
    assert!(page.shows("This role has more rights than you."));
    assert!(
        !mara
            .get("/settings/members")
            .await
            .must(200)
            .text()
            .contains("value=\"owner\"")
    );
    nord.db_give("technician", "ViewTrails").await;
    change(&mara, &nord, rita.member(), "accountant", &main)
        .await
        .must(409);
    change(&mara, &nord, owner.member(), "technician", &main)
        .await
        .must(409);
    deactivate(&mara, owner.member()).await.must(409);
    assert_eq!(owners(&nord).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_bound_to_branches_decides_about_those_only() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    nord.db_give("manager", "ManageMembers").await;
    let west = nord.branch("WEST").await;
    let mara = nord.manager().await;
    let both = nord
        .db_member("both", Role::Technician, &[nord.main.id, west.id])
        .await;
    change(&mara, &nord, both, "technician", &[west.id])
        .await
        .must(422);
    change(&mara, &nord, both, "receptionist", &[nord.main.id])
        .await
        .must(303);
    let branches = nord
        .db_counted("select count(*) from member_branches b join members m on m.id = b.member_id where b.org_id = $1 and m.name = 'both'")
        .await;
    assert_eq!(branches, 2, "the branch beyond their own stays");
    let version = nord.db_version(both).await;
    let all = [
        ("role", "technician"),
        ("reach", "all"),
        ("version", version.as_str()),
    ];
    mara.post(&format!("/settings/members/{both}"), &all)
        .await
        .must(422);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_workshops_members_do_not_exist() {
    let app = TestApp::new().await;
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    let (owner, theirs) = (nord.owner().await, sued.receptionist().await.member());
    owner.get(&format!("/settings/members/{theirs}")).await.must(404);
    change(&owner, &nord, theirs, "manager", &[nord.main.id])
        .await
        .must(404);
    deactivate(&owner, theirs).await.must(404);
    owner
        .post(&format!("/settings/members/{theirs}/reactivate"), &[])
        .await
        .must(404);
}
