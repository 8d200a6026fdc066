//! Another role in one branch: rights, sight and menus follow the branch, and nobody gains by it.
use super::{borrowed, grant};
use crate::kit::make::billing::USUAL;
use crate::kit::{Actor, Answer, PASSWORD, TestApp, Workshop};
use gantry::kernel::{BranchId, MemberId, Role};
use sqlx::Executor;

/// The owner's form: a role in branches, and another one in some of them.
async fn give(
    nord: &Workshop,
    member: MemberId,
    role: &str,
    branches: &[BranchId],
    own: &[(BranchId, &str)],
) -> Answer {
    let mut fields = grant(role, branches);
    if branches.is_empty() {
        fields[1].1 = "all".to_owned();
    }
    for (branch, role) in own {
        fields.push((format!("role_in_{branch}"), (*role).to_owned()));
    }
    fields.push(("version".to_owned(), nord.db_version(member).await));
    let path = format!("/settings/members/{member}");
    nord.owner().await.post(&path, &borrowed(&fields)).await
}

/// Somebody with one role in the main branch and another one in the second.
async fn split(nord: &Workshop, main: &str, west: &str) -> (Actor, BranchId) {
    let branch = nord.branch("WEST").await.id;
    let both = [nord.main.id, branch];
    let mara = nord.member("mara", Role::Receptionist, &both).await;
    give(nord, mara.member(), main, &both, &[(branch, west)])
        .await
        .must(303);
    (mara, branch)
}

async fn choose(actor: &Actor, branch: Option<BranchId>) {
    let branch = branch.map_or("all".to_owned(), |branch| branch.to_string());
    actor
        .post("/session/branch", &[("branch", &branch)])
        .await
        .must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_is_posted_where_the_role_allows_it_and_nowhere_else() {
    let nord = TestApp::new().await.workshop("nord").await;
    let (mara, west) = split(&nord, "manager", "receptionist").await;
    let owner = nord.owner().await;
    let here = owner.make_draft(nord.db_order("ready", &[USUAL]).await).await;
    let there = owner
        .make_draft(nord.db_order_at(west, "ready", &[USUAL]).await)
        .await;
    // Both are seen; what may be done with each is the role's in its branch.
    let post = |id| format!("/invoices/{id}/post");
    let page = mara.get(&format!("/invoices/{here}")).await.must(200);
    assert!(page.text().contains(&post(here)));
    let page = mara.get(&format!("/invoices/{there}")).await.must(200);
    assert!(!page.text().contains(&post(there)));
    mara.post(&post(there), &[]).await.must(404);
    mara.post(&post(here), &[]).await.must(303);
    assert_eq!(nord.db_invoice(there, "state").await.as_deref(), Some("draft"));
    assert_eq!(nord.db_invoice(here, "state").await.as_deref(), Some("posted"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_branch_in_view_decides_about_pages_menus_and_the_name_of_the_role() {
    let nord = TestApp::new().await.workshop("nord").await;
    let (mara, west) = split(&nord, "manager", "technician").await;
    let draft = nord
        .owner()
        .await
        .make_draft(nord.db_order("ready", &[USUAL]).await)
        .await;
    choose(&mara, Some(west)).await;
    mara.get("/invoices").await.must(403);
    mara.post(&format!("/invoices/{draft}/post"), &[]).await.must(403);
    let page = mara.get("/my-jobs").await.must(200);
    assert!(page.shows("Technician") && !page.text().contains("href=\"/invoices\""));
    choose(&mara, Some(nord.main.id)).await;
    let page = mara.get("/invoices").await.must(200);
    assert!(page.shows("Manager") && page.shows("Ada Lovelace"));
    choose(&mara, None).await;
    mara.get("/invoices").await.must(200);
    mara.post(&format!("/invoices/{draft}/post"), &[]).await.must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_all_branches_in_view_lists_hold_the_branches_where_the_right_holds() {
    let nord = TestApp::new().await.workshop("nord").await;
    let (mara, west) = split(&nord, "manager", "technician").await;
    let owner = nord.owner().await;
    for branch in [nord.main.id, west] {
        owner
            .make_draft(nord.db_order_at(branch, "ready", &[USUAL]).await)
            .await;
    }
    let drafts = |page: &Answer| page.text().matches("href=\"/invoices/inv").count();
    let all = drafts(&owner.get("/invoices?state=draft").await.must(200));
    assert_eq!(
        drafts(&mara.get("/invoices?state=draft").await.must(200)) * 2,
        all
    );
    // What a page shows besides needs the right in everything that it adds up.
    assert!(owner.get("/dashboard").await.must(200).shows("Invoiced"));
    assert!(!mara.get("/dashboard").await.must(200).shows("Invoiced"));
    choose(&mara, Some(nord.main.id)).await;
    assert!(mara.get("/dashboard").await.must(200).shows("Invoiced"));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_only_assigned_orders_are_seen_the_database_hides_the_others() {
    let nord = TestApp::new().await.workshop("nord").await;
    let (mara, west) = split(&nord, "receptionist", "technician").await;
    let here = nord.db_order("in_progress", &[USUAL]).await;
    let there = nord.db_order_at(west, "in_progress", &[USUAL]).await;
    mara.get(&format!("/work-orders/{here}")).await.must(200);
    mara.get(&format!("/work-orders/{there}")).await.must(404);
    let found = mara.get("/search?q=lovelace").await.must(200);
    assert!(found.text().contains(&format!("/work-orders/{here}")));
    assert!(!found.text().contains(&format!("/work-orders/{there}")));
    // Around the product: a transaction of hers.
    let mut db = nord.app().db_admin().await;
    let seen = "begin; select auth.authenticate(s.token_hash, s.last_seen_at, interval '1 day') from auth.sessions s where s.member_id = '$1';
                set local role gantry_tenant";
    db.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(
        seen.replace("$1", &mara.member().uuid().to_string()),
    )))
    .await
    .expect("her transaction");
    let ids: Vec<uuid::Uuid> = sqlx::query_scalar("select id from work_orders")
        .fetch_all(&mut db)
        .await
        .expect("orders");
    assert_eq!(ids, [here.uuid()]);
    db.execute("rollback").await.expect("the end");
    nord.db_assign(there, mara.member()).await;
    mara.get(&format!("/work-orders/{there}")).await.must(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_over_the_organization_is_held_by_every_role_or_not_at_all() {
    let nord = TestApp::new().await.workshop("nord").await;
    let (mara, west) = split(&nord, "manager", "receptionist").await;
    nord.db_right("manager", "ManageMembers", true).await;
    mara.get("/settings/members").await.must(403);
    choose(&mara, Some(nord.main.id)).await;
    mara.get("/settings/members").await.must(403);
    // Whoever holds it may give no role that holds more than their own, in any branch.
    let both = [nord.main.id, west];
    give(&nord, mara.member(), "manager", &both, &[]).await.must(303);
    let eve = nord.db_member("eve", Role::Receptionist, &both).await;
    let mut fields = grant("receptionist", &both);
    fields.push((format!("role_in_{west}"), "owner".to_owned()));
    fields.push(("version".to_owned(), nord.db_version(eve).await));
    let path = format!("/settings/members/{eve}");
    mara.post(&path, &borrowed(&fields)).await.must(422);
    nord.db_right("accountant", "ManageBranches", true).await;
    fields[4].1 = "accountant".to_owned();
    let refused = mara.post(&path, &borrowed(&fields)).await.must(422);
    assert!(refused.shows("This role has more rights than you."));
    fields[4].1 = "technician".to_owned();
    mara.post(&path, &borrowed(&fields)).await.must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_is_one_everywhere_and_all_branches_may_have_exceptions() {
    let nord = TestApp::new().await.workshop("nord").await;
    let (mara, west) = split(&nord, "manager", "technician").await;
    give(&nord, mara.member(), "manager", &[], &[(west, "technician")])
        .await
        .must(303);
    choose(&mara, Some(west)).await;
    mara.get("/invoices").await.must(403);
    choose(&mara, None).await;
    nord.branch("EAST").await;
    mara.get("/invoices").await.must(200);
    let people = nord.owner().await.get("/settings/members").await.must(200);
    assert!(people.shows("All branches, nord WEST (Technician)"));
    give(&nord, mara.member(), "owner", &[], &[(west, "technician")])
        .await
        .must(303);
    choose(&mara, Some(west)).await;
    mara.get("/invoices").await.must(200);
    mara.get("/settings/members").await.must(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_role_in_a_branch_is_in_the_trail_and_on_the_form() {
    let nord = TestApp::new().await.workshop("nord").await;
    let (mara, west) = split(&nord, "manager", "technician").await;
    let (summary, before, after): (String, String, String) = sqlx::query_as(
        "select summary, detail -> 'before' ->> 'branch_roles', detail -> 'after' -> 'branch_roles' -> 0 ->> 'role'
           from audit_events where org_id = $1 and action = 'member.changed'",
    )
    .bind(nord.org.uuid())
    .fetch_one(&mut nord.db().await)
    .await
    .expect("a trail");
    assert_eq!(summary, "Changed the role of mara from Receptionist to Manager");
    assert_eq!((before.as_str(), after.as_str()), ("[]", "Technician"));
    let path = format!("/settings/members/{}", mara.member());
    let page = nord.owner().await.get(&path).await.must(200);
    assert!(page.shows("nord MAIN, nord WEST (Technician)"));
    let select = page.text();
    let (_, select) = select
        .split_once(&format!("name=\"role_in_{west}\""))
        .expect("a field");
    let (select, _) = select.split_once("</select>").expect("its end");
    assert!(select.contains("value=\"technician\" selected"), "{select}");
    let both = [nord.main.id, west];
    give(&nord, mara.member(), "manager", &both, &[(west, "viewer")])
        .await
        .must(303);
    let count = "select count(*) from audit_events where org_id = $1
                 and summary = 'Changed where mara works as what: Manager, nord MAIN, nord WEST (Viewer)'";
    assert_eq!(nord.db_counted(count).await, 1);
    // Back to one role: nothing of the other one is left.
    give(&nord, mara.member(), "manager", &both, &[(west, "manager")])
        .await
        .must(303);
    let left = "select count(*) from member_branches where org_id = $1 and role is not null";
    assert_eq!(nord.db_counted(left).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_gives_roles_by_branch() {
    let nord = TestApp::new().await.workshop("nord").await;
    let west = nord.branch("WEST").await.id;
    let mut fields = grant("manager", &[nord.main.id, west]);
    fields.push((format!("role_in_{west}"), "technician".to_owned()));
    fields.push(("email".to_owned(), "eve@new.test".to_owned()));
    let owner = nord.owner().await;
    owner
        .post("/settings/members/invites", &borrowed(&fields))
        .await
        .must(303);
    let people = owner.get("/settings/members").await.must(200);
    assert!(people.shows("nord MAIN, nord WEST (Technician)"));
    let (_, link) = nord.db_invite("eve@new.test").await;
    let eve = nord.app().visitor();
    eve.post(&link, &[("name", "Eve"), ("password", PASSWORD)])
        .await
        .must(303);
    eve.get("/invoices").await.must(200);
    choose(&eve, Some(west)).await;
    eve.get("/invoices").await.must(403);
    eve.get("/my-jobs").await.must(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approved_request_to_join_gives_roles_by_branch() {
    let app = TestApp::new().await;
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    let (owner, west) = (nord.owner().await, nord.branch("WEST").await.id);
    owner.post("/settings/members/code", &[]).await.must(303);
    let people = owner.get("/settings/members").await.must(200).text();
    let (_, code) = people.split_once("<code>").expect("a code");
    let code = code.split('<').next().expect("a code").to_owned();
    // Somebody who is signed in elsewhere: approved, they are in at once.
    let eve = sued.receptionist().await;
    eve.post("/join", &[("code", &code)]).await.must(200);
    let request: uuid::Uuid = sqlx::query_scalar("select id from join_requests where org_id = $1")
        .bind(nord.org.uuid())
        .fetch_one(&mut nord.db().await)
        .await
        .expect("a request");
    let request = gantry::kernel::JoinRequestId::new(request);
    let mut fields = grant("manager", &[nord.main.id, west]);
    fields.push((format!("role_in_{west}"), "technician".to_owned()));
    owner
        .post(
            &format!("/settings/members/requests/{request}"),
            &borrowed(&fields),
        )
        .await
        .must(303);
    let org = nord.org.to_string();
    eve.post("/session/workshop", &[("workshop", &org)])
        .await
        .must(303);
    eve.get("/invoices").await.must(200);
    choose(&eve, Some(west)).await;
    eve.get("/invoices").await.must(403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_in_one_branch_asks_for_its_second_factor_and_keeps_its_own_role_alive() {
    let nord = TestApp::new().await.workshop("nord").await;
    let owner = nord.owner().await;
    owner
        .post(
            "/settings/roles/new",
            &[("name", "Foreman"), ("base", "technician")],
        )
        .await
        .must(303);
    let foreman: uuid::Uuid = sqlx::query_scalar("select id from custom_roles where org_id = $1")
        .bind(nord.org.uuid())
        .fetch_one(&mut nord.db().await)
        .await
        .expect("a role");
    let foreman = gantry::kernel::CustomRoleId::new(foreman).to_string();
    let (mara, _) = split(&nord, "receptionist", &foreman).await;
    assert!(owner.get("/settings/roles").await.must(200).shows("1 member"));
    let archive = format!("/settings/roles/{foreman}/archive");
    let refused = owner.post(&archive, &[]).await.must(409);
    assert!(refused.shows("People still have the role Foreman."));
    mara.get("/customers").await.must(200);
    sqlx::query(
        "update organization_settings set second_factor_roles = array['technician'] where org_id = $1",
    )
    .bind(nord.org.uuid())
    .execute(&mut nord.db().await)
    .await
    .expect("a setting");
    assert_ne!(mara.get("/customers").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_announcement_for_a_role_in_a_branch_finds_who_has_it_there() {
    let nord = TestApp::new().await.workshop("nord").await;
    let (mara, west) = split(&nord, "receptionist", "technician").await;
    let owner = nord.owner().await;
    for (branch, title) in [(nord.main.id, "Ladder"), (west, "Lift")] {
        let branch = branch.to_string();
        let fields = [
            ("reach", "chosen"),
            ("branches[]", &branch),
            ("roles[]", "technician"),
            ("title", title),
        ];
        owner.announce(&fields).await.must(303);
    }
    let page = mara.get("/announcements").await.must(200);
    assert!(page.shows("Lift") && !page.shows("Ladder"));
}

#[tokio::test(flavor = "multi_thread")]
async fn work_is_given_to_who_records_work_in_the_orders_branch() {
    let nord = TestApp::new().await.workshop("nord").await;
    let (mara, west) = split(&nord, "receptionist", "technician").await;
    let owner = nord.owner().await;
    let member = mara.member().to_string();
    for (branch, status) in [(nord.main.id, 422), (west, 303)] {
        let order = nord.db_order_at(branch, "in_progress", &[USUAL]).await;
        let job: uuid::Uuid = sqlx::query_scalar("select id from jobs where work_order_id = $1")
            .bind(order.uuid())
            .fetch_one(&mut nord.db().await)
            .await
            .expect("a job");
        let job = gantry::kernel::JobId::new(job).to_string();
        let given = [("member", member.as_str()), ("job", job.as_str())];
        owner.on_order(order, "assignments", &given).await.must(status);
        let page = owner.get(&format!("/work-orders/{order}")).await.must(200);
        let role = if status == 303 {
            "Technician"
        } else {
            "Receptionist"
        };
        assert!(page.shows(&format!("mara · {role}")), "{role}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stale_form_shows_the_roles_that_somebody_else_gave_meanwhile() {
    let nord = TestApp::new().await.workshop("nord").await;
    let (mara, west) = split(&nord, "manager", "technician").await;
    let mut fields = grant("manager", &[nord.main.id, west]);
    fields.push(("version".to_owned(), "1".to_owned()));
    let path = format!("/settings/members/{}", mara.member());
    let stale = nord.owner().await.post(&path, &borrowed(&fields)).await.must(409);
    assert!(stale.shows("nord MAIN, nord WEST (Technician)"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_with_another_role_in_a_branch_is_found() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let found = async || {
        let report = gantry::app::verify_invariants(&app.database().owner_url).await;
        let breaches = report.expect("a report").breaches;
        let mut sentences = breaches.iter().map(ToString::to_string);
        sentences.any(|sentences| sentences.contains("an owner with another role in a branch"))
    };
    assert!(!found().await);
    sqlx::query(
        "insert into member_branches (member_id, branch_id, role) select id, $1, 'viewer' from members where role = 'owner'",
    )
    .bind(nord.main.id.uuid())
    .execute(&mut nord.db().await)
    .await
    .expect("a role");
    assert!(found().await);
}
