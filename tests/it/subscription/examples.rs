//! How a workshop leaves and comes back.
use kit::example::{Fixture, Given};

kit::examples! {
    "POST /settings/leave", "sure=yes", given another_workshop;
    "POST /settings/come-back", "", given one_that_left;
}

async fn another_workshop(of: &Fixture) -> Given {
    Given::by(&of.app.workshop("gone").await.owner().await)
}

async fn one_that_left(of: &Fixture) -> Given {
    let owner = of.app.workshop("back").await.owner().await;
    owner.post("/settings/leave", &[("sure", "yes")]).await.must(303);
    Given::by(&owner)
}
