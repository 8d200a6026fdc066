//! Nobody and nothing is archived while it is in the shop, in whatever branch, and nothing archived comes in.
use crate::kit::tables::db_order;
use crate::kit::{Actor, TestApp, Workshop};
use gantry::kernel::{AssetId, CustomerId, Role};

const REASON: [(&str, &str); 1] = [("reason", "Moved away")];

/// Rita works at the main branch only; the car may be anywhere.
async fn a_customer_with_a_car(of: &Workshop) -> (Actor, CustomerId, AssetId) {
    let rita = of.receptionist().await;
    let ada = rita.make_customer(&[]).await;
    let car = rita.make_vehicle(ada, &[]).await;
    (rita, ada, car)
}

async fn archived(of: &Workshop, id: uuid::Uuid) -> bool {
    sqlx::query_scalar(
        "select archived_at is not null from customers where id = $1 union all select archived_at is not null from assets where id = $1",
    )
    .bind(id)
    .fetch_one(&mut of.db().await)
    .await
    .expect("a row")
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_and_nothing_with_an_open_order_at_another_branch_is_archived() {
    let nord = TestApp::new().await.workshop("nord").await;
    let (rita, ada, car) = a_customer_with_a_car(&nord).await;
    let west = nord.branch("WEST").await;
    let order = db_order(&nord, &west, ada, car, 7).await;
    let refused = rita
        .post(&format!("/customers/{ada}/archive"), &REASON)
        .await
        .must(409);
    assert!(refused.shows("open work order, here or at another branch"));
    let refused = rita
        .post(&format!("/vehicles/{car}/archive"), &REASON)
        .await
        .must(409);
    assert!(refused.shows("open work order, here or at another branch"));
    assert!(!archived(&nord, ada.uuid()).await && !archived(&nord, car.uuid()).await);
    let wanda = nord.member("wanda", Role::Manager, &[west.id]).await;
    let cancelled = [("to", "cancelled"), ("reason", "Not today")];
    wanda.on_order(order, "moves", &cancelled).await.must(303);
    rita.post(&format!("/vehicles/{car}/archive"), &REASON)
        .await
        .must(303);
    rita.post(&format!("/customers/{ada}/archive"), &REASON)
        .await
        .must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_technician_archives_nothing_that_a_colleague_works_on() {
    let nord = TestApp::new().await.workshop("nord").await;
    let (_, ada, car) = a_customer_with_a_car(&nord).await;
    db_order(&nord, &nord.main, ada, car, 7).await;
    nord.db_switch("technicians_create", true).await;
    let tomas = nord.technician("tomas").await;
    tomas
        .post(&format!("/customers/{ada}/archive"), &REASON)
        .await
        .must(409);
    tomas
        .post(&format!("/vehicles/{car}/archive"), &REASON)
        .await
        .must(409);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_opens_no_order_for_what_is_archived() {
    let nord = TestApp::new().await.workshop("nord").await;
    let (rita, ada, car) = a_customer_with_a_car(&nord).await;
    let open =
        "insert into work_orders (id, branch_id, number, customer_id, asset_id, created_at, phase_since)
                select gen_random_uuid(), c.home_branch_id, 77, c.id, a.id, now(), now()
                  from customers c join assets a on a.customer_id = c.id where a.id = $1";
    rita.post(&format!("/vehicles/{car}/archive"), &REASON)
        .await
        .must(303);
    assert_eq!(nord.db_refusal(open, car.uuid()).await, "GA008");
    rita.post(&format!("/vehicles/{car}/restore"), &[])
        .await
        .must(303);
    rita.post(&format!("/customers/{ada}/archive"), &REASON)
        .await
        .must(303);
    assert_eq!(nord.db_refusal(open, car.uuid()).await, "GA008");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_an_archiving_and_a_check_in_at_once_one_waits_and_is_refused() {
    let nord = TestApp::in_real_time().await.workshop("nord").await;
    let (rita, mona) = (nord.receptionist().await, nord.manager().await);
    let mut outcomes = Vec::new();
    for round in 0..16 {
        let plate = format!("B-RA {round}");
        let ada = rita.make_customer(&[("name", &format!("Ada {round}"))]).await;
        let car = rita.make_vehicle(ada, &[("plate", &plate)]).await;
        let vehicle = car.to_string();
        let arrives = [
            ("plate", plate.as_str()),
            ("vehicle", vehicle.as_str()),
            ("name", ""),
            ("make", ""),
        ];
        let (path, id) = if round % 2 == 0 {
            (format!("/customers/{ada}/archive"), ada.uuid())
        } else {
            (format!("/vehicles/{car}/archive"), car.uuid())
        };
        let (gone, came) = tokio::join!(mona.post(&path, &REASON), rita.check_in(&arrives));
        let outcome = (gone.status.as_u16(), came.status.as_u16());
        assert!(
            outcome == (303, 422) || outcome == (409, 303),
            "{outcome:?}: {}",
            came.text()
        );
        assert_eq!(archived(&nord, id).await, gone.status == 303);
        outcomes.push(outcome);
    }
    eprintln!("{outcomes:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_check_ins_of_one_vehicle_at_once_wait_for_each_other_and_both_come_in() {
    let nord = TestApp::in_real_time().await.workshop("nord").await;
    let west = nord.branch("WEST").await;
    let (rita, ada, car) = a_customer_with_a_car(&nord).await;
    let wanda = nord.member("wanda", Role::Receptionist, &[west.id]).await;
    let vehicle = car.to_string();
    let arrives = [("vehicle", vehicle.as_str()), ("name", ""), ("make", "")];
    for _ in 0..6 {
        let (here, there) = tokio::join!(rita.check_in(&arrives), wanda.check_in(&arrives));
        assert_eq!(
            (here.status.as_u16(), there.status.as_u16()),
            (303, 303),
            "{} {}",
            here.text(),
            there.text()
        );
    }
    rita.post(&format!("/customers/{ada}/archive"), &REASON)
        .await
        .must(409);
}
