//! Customers of one branch or of all, as the workshop says and the database keeps.
use crate::kit::{Actor, TestApp};
use gantry::kernel::{CustomerId, Role};
use uuid::Uuid;

async fn vehicle(by: &Actor, owner: CustomerId, plate: &str) -> u16 {
    let owner = owner.to_string();
    let form = [
        ("customer", owner.as_str()),
        ("make", "Volkswagen"),
        ("plate", plate),
    ];
    by.post("/vehicles/new", &form).await.status.as_u16()
}

#[tokio::test(flavor = "multi_thread")]
async fn shared_or_not_is_one_switch_for_lists_pages_search_and_vehicles() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let west = nord.branch("WEST").await;
    let (owner, rita) = (nord.owner().await, nord.receptionist().await);
    let willi = nord.member("willi", Role::Receptionist, &[west.id]).await;
    let ada = rita.make_customer(&[("name", "Ada Winkelmann")]).await;
    let golf = rita.make_vehicle(ada, &[("plate", "B AB 12")]).await;
    let seen = async |on: bool| {
        let status = if on { 200 } else { 404 };
        willi.get(&format!("/customers/{ada}")).await.must(status);
        willi.get(&format!("/vehicles/{golf}")).await.must(status);
        for path in [
            "/customers",
            "/customers?q=winkelmann",
            "/search?q=winkelmann",
            "/vehicles",
            "/vehicles?q=BAB12",
        ] {
            let page = willi.get(path).await.must(200);
            let row = page.text().contains(&ada.to_string()) || page.text().contains(&golf.to_string());
            assert_eq!(row, on, "{path}");
        }
        willi
            .get(&format!("/vehicles/new?customer={ada}"))
            .await
            .must(status);
    };
    seen(true).await;
    nord.db_switch("share_customers", false).await;
    seen(false).await;
    rita.get(&format!("/customers/{ada}")).await.must(200);
    owner.get(&format!("/customers/{ada}")).await.must(200);
    nord.db_switch("share_customers", true).await;
    seen(true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_that_had_the_order_keeps_seeing_whose_it_was() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let west = nord.branch("WEST").await;
    let (rita, willi) = (
        nord.receptionist().await,
        nord.member("willi", Role::Receptionist, &[west.id]).await,
    );
    let ada = rita.make_customer(&[]).await;
    let golf = rita.make_vehicle(ada, &[]).await;
    let order = crate::kit::tables::db_order(&nord, &west, ada, golf, 1).await;
    nord.db_switch("share_customers", false).await;
    willi.get(&format!("/work-orders/{order}")).await.must(200);
    willi.get(&format!("/customers/{ada}")).await.must(200);
    willi.get(&format!("/vehicles/{golf}")).await.must(200);
    assert!(
        willi
            .get("/board")
            .await
            .must(200)
            .text()
            .contains(&order.to_string())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_telephone_and_plate_may_be_in_two_branches_that_do_not_share() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let west = nord.branch("WEST").await;
    let (owner, rita) = (nord.owner().await, nord.receptionist().await);
    let willi = nord.member("willi", Role::Receptionist, &[west.id]).await;
    let ada = rita.make_customer(&[]).await;
    assert_eq!(vehicle(&rita, ada, "B AB 12").await, 303);
    assert_eq!(
        vehicle(&willi, willi.make_customer(&[]).await, "B-AB 12").await,
        422
    );
    nord.db_switch("share_customers", false).await;
    // No hint that another branch has somebody with this number.
    let form = [("kind", "person"), ("name", "Bo"), ("phone", "0170 7654321")];
    rita.post("/customers/new", &form).await.must(303);
    willi.post("/customers/new", &form).await.must(303);
    rita.post("/customers/new", &form).await.must(422);
    let bo = willi.make_customer(&[("name", "Bo")]).await;
    assert_eq!(vehicle(&willi, bo, "B-AB 12").await, 303);
    assert_eq!(
        vehicle(&willi, bo, "B-AB 12").await,
        422,
        "still once in each branch"
    );
    let version = owner
        .get("/settings/workshop")
        .await
        .must(200)
        .field("version")
        .expect("a version");
    let share = [
        ("name", "Workshop nord"),
        ("currency", "EUR"),
        ("distance_unit", "km"),
        ("payment_terms_days", "14"),
        ("share_customers", "on"),
        ("version", version.as_str()),
    ];
    let refused = owner.post("/settings/workshop", &share).await.must(422);
    assert!(refused.shows("Two branches have a vehicle with the same plate."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_that_forgets_the_branch_still_sees_its_own_customers_only() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let west = nord.branch("WEST").await;
    let rita = nord.receptionist().await;
    rita.make_customer(&[]).await;
    let mut db = app.db_admin().await;
    let mut count = async |branches: &str, shares: &str| -> i64 {
        use sqlx::{Connection, Executor};
        let mut tx = db.begin().await.expect("a transaction");
        let setup = format!(
            "set local role gantry_tenant; set local app.org_id = '{}'; set local app.branches = '{branches}'; set local app.shares = '{shares}'",
            nord.org.uuid()
        );
        tx.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(setup)))
            .await
            .expect("a setup");
        let count = sqlx::query_scalar("select count(*) from customers")
            .fetch_one(&mut *tx)
            .await;
        count.expect("a count")
    };
    let (main, other): (Uuid, Uuid) = (nord.main.id.uuid(), west.id.uuid());
    assert_eq!(count(&main.to_string(), "own").await, 1);
    assert_eq!(count(&other.to_string(), "own").await, 0);
    assert_eq!(count(&other.to_string(), "").await, 0, "unsaid is not shared");
    assert_eq!(count(&other.to_string(), "all").await, 1);
    assert_eq!(count("all", "own").await, 1);
}
