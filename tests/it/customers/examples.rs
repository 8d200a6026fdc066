//! The forms of customers and of who drives for them.
use gantry::kernel::DriverId;
use kit::example::{Fixture, Given};

kit::examples! {
    "POST /customers/new", "kind=person&name=Bo";
    "POST /customers/{customer}/edit", "kind=person&name=Ada+King&version=1&anyway=yes", given a_customer;
    "POST /customers/{customer}/archive", "reason=Moved", given a_customer;
    "POST /customers/{customer}/restore", "", given an_archived_one;
    "POST /customers/{customer}/history", "", given a_customer;
    "POST /customers/{customer}/drivers/new", "name=Jo+Weber", given a_company;
    "POST /customers/{customer}/drivers/{driver}/edit", "name=Jo+King&version=1", given a_driver;
    "POST /customers/{customer}/drivers/{driver}/archive", "reason=Left", given a_driver;
    "POST /customers/{customer}/drivers/{driver}/restore", "", given a_driver_who_left;
}

async fn a_customer(of: &Fixture) -> Given {
    Given::by(&of.owner).with("customer", of.owner.make_customer(&[]).await)
}

async fn an_archived_one(of: &Fixture) -> Given {
    let customer = of.owner.make_customer(&[]).await;
    let path = format!("/customers/{customer}/archive");
    of.owner.post(&path, &[("reason", "Moved")]).await.must(303);
    Given::by(&of.owner).with("customer", customer)
}

async fn a_company(of: &Fixture) -> Given {
    let company = [("kind", "company"), ("name", "Hanse Kurier")];
    Given::by(&of.owner).with("customer", of.owner.make_customer(&company).await)
}

/// One who drives for a company, and the way to their page.
async fn driver(of: &Fixture) -> (Given, String) {
    let company = [("kind", "company"), ("name", "Hanse Kurier")];
    let customer = of.owner.make_customer(&company).await;
    let drivers = format!("/customers/{customer}/drivers");
    let new = format!("{drivers}/new");
    of.owner.post(&new, &[("name", "Jo Weber")]).await.must(303);
    let newest = "select id from drivers where org_id = $1 order by created_at desc, id desc limit 1";
    let driver = DriverId::new(of.id(newest, of.nord.org.uuid()).await);
    let given = Given::by(&of.owner).with("customer", customer);
    (given.with("driver", driver), format!("{drivers}/{driver}"))
}

async fn a_driver(of: &Fixture) -> Given {
    driver(of).await.0
}

async fn a_driver_who_left(of: &Fixture) -> Given {
    let (given, path) = driver(of).await;
    let archive = format!("{path}/archive");
    of.owner.post(&archive, &[("reason", "Left")]).await.must(303);
    given
}
