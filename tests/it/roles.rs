//! Rights that an owner gives and takes.
mod examples;

use crate::kit::{Actor, TestApp, Workshop};
use gantry::kernel::Role;
use gantry::kernel::permission::{OrgPolicy, Permission, RIGHTS, RightOverrides, ViewAllOrders};

const SWITCHES: OrgPolicy = OrgPolicy {
    technicians_create: false,
    receptionists_take_payments: true,
};

/// The table as the page posts it: a role's preset, with one right given or taken.
async fn save(owner: &Actor, role: &str, base: Role, change: (&str, bool)) {
    let key = format!("{role}[]");
    let mut fields = vec![("shown[]", role)];
    for right in RIGHTS {
        let held = if right.name == change.0 {
            change.1
        } else {
            (right.granted_to)(base, SWITCHES)
        };
        if held {
            fields.push((&key, right.name));
        }
    }
    owner.post("/settings/roles", &fields).await.must(303);
}

async fn audited(nord: &Workshop, action: &str) -> i64 {
    sqlx::query_scalar("select count(*) from audit_events where org_id = $1 and action = $2")
        .bind(nord.org.uuid())
        .bind(action)
        .fetch_one(&mut nord.db().await)
        .await
        .expect("a count")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_given_or_taken_holds_from_the_next_request() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (owner, rita) = (nord.owner().await, nord.receptionist().await);
    rita.get("/dashboard").await.must(200);
    rita.get("/invoices").await.must(200);
    save(
        &owner,
        "receptionist",
        Role::Receptionist,
        ("ViewInvoices", false),
    )
    .await;
    rita.get("/invoices").await.must(403);
    let board = rita.get("/board").await.must(200);
    assert!(
        !board.text().contains("href=\"/invoices\""),
        "the menu hides what the server refuses"
    );
    save(&owner, "receptionist", Role::Receptionist, ("ViewInvoices", true)).await;
    rita.get("/invoices").await.must(200);
    assert_eq!(audited(&nord, "role.rights_changed").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn saving_the_preset_leaves_no_departure_behind() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    save(&owner, "manager", Role::Manager, ("ViewTrails", true)).await;
    save(&owner, "manager", Role::Manager, ("ViewTrails", false)).await;
    let rows: i64 = sqlx::query_scalar("select count(*) from role_rights where org_id = $1")
        .bind(nord.org.uuid())
        .fetch_one(&mut nord.db().await)
        .await
        .expect("a count");
    assert_eq!(rows, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_but_an_owner_decides_about_rights_and_nobody_can_be_given_that() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (owner, max) = (nord.owner().await, nord.manager().await);
    max.get("/settings/roles").await.must(403);
    save(&owner, "manager", Role::Manager, ("ManageRoles", true)).await;
    max.get("/settings/roles").await.must(403);
    max.post("/settings/roles", &[("shown[]", "manager")])
        .await
        .must(403);
    owner
        .post("/settings/roles", &[("shown[]", "owner")])
        .await
        .must(404);
    save(&owner, "manager", Role::Manager, ("UseWorkshop", false)).await;
    max.get("/dashboard").await.must(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_of_ones_own_starts_as_its_preset_and_goes_its_own_way() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (owner, tomas) = (nord.owner().await, nord.technician("tomas").await);
    let form = [("name", "Foreman"), ("base", "technician")];
    owner.post("/settings/roles/new", &form).await.must(303);
    owner.post("/settings/roles/new", &form).await.must(422);
    owner
        .post(
            "/settings/roles/new",
            &[("name", "manager"), ("base", "technician")],
        )
        .await
        .must(422);
    owner
        .post("/settings/roles/new", &[("name", "Boss"), ("base", "owner")])
        .await
        .must(422);
    let page = owner.get("/settings/roles").await.must(200);
    let text = page.text();
    let (_, rest) = text.split_once("/settings/roles/rol_").expect("the new role");
    let key = format!("rol_{}", rest.split('/').next().unwrap_or_default());
    tomas.get("/customers").await.must(403);
    sqlx::query("update members set custom_role_id = (select id from custom_roles where org_id = $1) where org_id = $1 and id = $2")
        .bind(nord.org.uuid())
        .bind(tomas.member().uuid())
        .execute(&mut nord.db().await)
        .await
        .expect("a role");
    tomas.get("/customers").await.must(403);
    save(&owner, &key, Role::Technician, ("ViewCustomers", true)).await;
    tomas.get("/customers").await.must(200);
    nord.technician("jonas").await.get("/customers").await.must(403);
    owner
        .post(&format!("/settings/roles/{key}/archive"), &[])
        .await
        .must(409);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_workshops_role_does_not_exist() {
    let app = TestApp::new().await;
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    let owner = sued.owner().await;
    owner
        .post(
            "/settings/roles/new",
            &[("name", "Foreman"), ("base", "technician")],
        )
        .await
        .must(303);
    let text = owner.get("/settings/roles").await.text();
    let (_, rest) = text.split_once("/settings/roles/rol_").expect("the new role");
    let key = format!("rol_{}", rest.split('/').next().unwrap_or_default());
    let stranger = nord.owner().await;
    stranger
        .post(&format!("/settings/roles/{key}/archive"), &[])
        .await
        .must(404);
    stranger
        .post("/settings/roles", &[("shown[]", key.as_str())])
        .await
        .must(404);
    owner
        .post(&format!("/settings/roles/{key}/archive"), &[])
        .await
        .must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn voiding_is_a_right_of_its_own() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let (owner, ana) = (nord.owner().await, nord.accountant().await);
    let invoice = ana.make_invoice(nord.db_ready_order().await).await;
    let (page, void) = (
        format!("/invoices/{invoice}"),
        format!("/invoices/{invoice}/void"),
    );
    assert!(ana.get(&page).await.must(200).text().contains(&void), "as before");
    save(&owner, "accountant", Role::Accountant, ("VoidInvoices", false)).await;
    assert!(!ana.get(&page).await.must(200).text().contains(&void));
    ana.post(&void, &[("reason", "Wrong customer")]).await.must(403);
    ana.make_invoice(nord.db_ready_order().await).await;
    // The other way round: who voids need not issue, and drafts nothing anew.
    save(&owner, "receptionist", Role::Receptionist, ("VoidInvoices", true)).await;
    let rita = nord.receptionist().await;
    let shown = rita.get(&page).await.must(200);
    assert!(shown.text().contains(&void) && !shown.text().contains("name=\"again\""));
    rita.post(&void, &[("reason", "Wrong customer"), ("again", "on")])
        .await
        .must(403);
    assert_eq!(nord.db_open(invoice).await, 11_900, "nothing was voided");
    rita.void(invoice).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_knows_who_sees_all_orders_as_the_table_of_rights_says() {
    let nord = TestApp::new().await.workshop("nord").await;
    let mut db = nord.db().await;
    let mut sees = async |role: Role| -> bool {
        sqlx::query_scalar("select app.role_sees_all_orders($1, $2, null)")
            .bind(nord.org.uuid())
            .bind(role.name())
            .fetch_one(&mut db)
            .await
            .expect("an answer")
    };
    let held = |role, departures: &RightOverrides| ViewAllOrders::RIGHT.held_by(role, SWITCHES, departures);
    for role in Role::ALL {
        assert_eq!(sees(role).await, held(role, &RightOverrides::new()), "{role:?}");
    }
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Owner) {
        let other = !held(role, &RightOverrides::new());
        nord.db_right(role.name(), ViewAllOrders::NAME, other).await;
        let departures = RightOverrides::from([(ViewAllOrders::NAME.to_owned(), other)]);
        assert_eq!(sees(role).await, held(role, &departures), "{role:?} departs");
    }
    assert!(sees(Role::Owner).await, "an owner keeps every right");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_of_ones_own_sees_all_orders_where_its_preset_does_not() {
    let nord = TestApp::new().await.workshop("nord").await;
    let (owner, tomas) = (nord.owner().await, nord.technician("tomas").await);
    let order = nord.db_order("received", &[]).await;
    let page = format!("/work-orders/{order}");
    tomas.get(&page).await.must(404);
    let role = [("name", "Foreman"), ("base", "technician")];
    owner.post("/settings/roles/new", &role).await.must(303);
    let mut db = nord.db().await;
    for statement in [
        "insert into role_rights (role, custom_role_id, right_name, granted) select base_role, id, 'ViewAllOrders', true from custom_roles",
        "update members set custom_role_id = (select id from custom_roles) where role = 'technician'",
    ] {
        sqlx::query(statement).execute(&mut db).await.expect("a foreman");
    }
    tomas.get(&page).await.must(200);
    nord.technician("tina").await.get(&page).await.must(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn rights_that_another_owner_changed_meanwhile_stay() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    let page = owner.get("/settings/roles").await.must(200);
    let shown = page.fields("was[]");
    let was = shown
        .iter()
        .find(|was| was.starts_with("technician "))
        .expect("what the technicians may");
    save(&owner, "technician", Role::Technician, ("ViewInvoices", true)).await;
    // The page of before knows nothing of it, and ticks something else.
    let mut late = vec![
        ("shown[]", "technician"),
        ("was[]", was.as_str()),
        ("technician[]", "ViewCustomers"),
    ];
    late.extend(was.split(' ').skip(1).map(|right| ("technician[]", right)));
    owner.post("/settings/roles", &late).await.must(303);
    let mika = nord.technician("mika").await;
    mika.get("/invoices").await.must(200);
    mika.get("/customers").await.must(200);
}
