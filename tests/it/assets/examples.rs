//! The forms of vehicles and devices.
use gantry::kernel::AssetId;
use kit::example::{Fixture, Given};

kit::examples! {
    "GET /vehicles/new", "customer={customer}";
    "POST /vehicles/new", "customer={customer}&plate=B-NEW+1&make=VW&model=Golf", given an_owner;
    "POST /vehicles/{asset}/edit", "make=VW&model=Polo&version=1", given a_vehicle;
    "POST /vehicles/{asset}/odometer", "value=8425", given a_vehicle;
    "POST /vehicles/{asset}/archive", "reason=Moved", given a_vehicle;
    "POST /vehicles/{asset}/restore", "", given an_archived_one;
    "POST /vehicles/{asset}/history", "", given a_vehicle;
}

kit::columns! {
    "assets.make", "Volkswagen";
}

async fn an_owner(of: &Fixture) -> Given {
    Given::by(&of.owner).with("customer", of.owner.make_customer(&[]).await)
}

async fn make(of: &Fixture, plate: &str) -> AssetId {
    let ada = of.owner.make_customer(&[]).await;
    of.owner.make_vehicle(ada, &[("plate", plate)]).await
}

async fn a_vehicle(of: &Fixture) -> Given {
    // Two of one plate would be asked about.
    let plate = format!("B-{}", &of.new_name()[22..]);
    Given::by(&of.owner).with("asset", make(of, &plate).await)
}

async fn an_archived_one(of: &Fixture) -> Given {
    let asset = make(of, "B-OLD 1").await;
    let path = format!("/vehicles/{asset}/archive");
    of.owner.post(&path, &[("reason", "Moved")]).await.must(303);
    Given::by(&of.owner).with("asset", asset)
}
