//! Tablets that a branch shares.
use gantry::kernel::TabletId;
use kit::Actor;
use kit::example::{Fixture, Given};

kit::examples! {
    "POST /settings/tablets", "name=Tyre+corner&branch={branch}", given a_manager;
    "POST /settings/tablets/retire", "tablet=<tablet>", given a_tablet;
    "POST /switch", "member=<member>&pin=2580", given somebody_at_a_tablet;
}

async fn a_manager(of: &Fixture) -> Given {
    Given::by(&of.somebody(&of.new_name()).await).with("branch", of.nord.main.id)
}

/// Makes the browser a branch's tablet.
async fn enrolled(of: &Fixture) -> Actor {
    let (who, branch) = (of.somebody(&of.new_name()).await, of.nord.main.id.to_string());
    who.post("/account/pin", &[("pin", "2580")]).await.must(303);
    let fields = [("name", "Tyre corner"), ("branch", &*branch)];
    who.post("/settings/tablets", &fields).await.must(303);
    who
}

async fn a_tablet(of: &Fixture) -> Given {
    let who = enrolled(of).await;
    let tablet = "select id from auth.tablets where org_id = $1 and retired_at is null limit 1";
    let tablet = TabletId::new(of.id(tablet, of.nord.org.uuid()).await);
    Given::by(&who).with("tablet", tablet)
}

async fn somebody_at_a_tablet(of: &Fixture) -> Given {
    let who = enrolled(of).await;
    Given::by(&who).with("member", who.member())
}
