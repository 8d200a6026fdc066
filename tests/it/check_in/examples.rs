//! The forms of check-in.
use kit::example::{ASKED, Fixture, Given};

kit::examples! {
    "GET /check-in", "vehicle={asset}&customer={customer}";
    "POST /check-in/look-up", "vehicle={asset}&customer={customer}&plate=B+AB+12&name=Winkelmann";
    "POST /check-in", "vehicle={asset}&customer={customer}&advisor={member}&concerns=It+rattles&odometer_in=84+250&promise=none",
        given somebody_known;
    "POST /work-orders/{order}/check-in-sheet", "", given somebody_with_an_address;
    "POST /work-orders/{order}/check-in-sheet/print", "", given somebody_with_an_address;
}

async fn somebody_known(of: &Fixture) -> Given {
    let customer = of.owner.make_customer(&[]).await;
    Given::by(&of.owner)
        .with("asset", of.owner.make_vehicle(customer, &[]).await)
        .with("customer", customer)
        .with("member", of.owner.member())
}

async fn somebody_with_an_address(of: &Fixture) -> Given {
    let (order, _) = of.order("received", ASKED).await;
    let statement = "update customers set email = 'ada@example.com' where id = (select customer_id from work_orders where id = $1)";
    let changed = sqlx::query(statement).bind(order.uuid());
    changed
        .execute(&mut of.nord.db().await)
        .await
        .expect("an address");
    Given::by(&of.owner).with("order", order)
}
