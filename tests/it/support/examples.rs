//! How an owner lets our support look.
use gantry::kernel::SupportGrantId;
use kit::example::{Fixture, Given};

kit::examples! {
    "POST /settings/support", "span=hour";
    "POST /settings/support/{support_grant}/end", "", given an_open_one;
}

async fn an_open_one(of: &Fixture) -> Given {
    of.owner
        .post("/settings/support", &[("span", "day")])
        .await
        .must(303);
    let grant = "select id from support_grants where org_id = $1 and ended_at is null order by expires_at desc limit 1";
    let grant = SupportGrantId::new(of.id(grant, of.nord.org.uuid()).await);
    Given::by(&of.owner).with("support_grant", grant)
}
