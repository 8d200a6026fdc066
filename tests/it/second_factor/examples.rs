//! Second factors, and who has to have one.
use kit::example::{Fixture, Given};
use kit::make::access::{Telephone, set_up};
use kit::{Actor, PASSWORD};

kit::examples! {
    "POST /sign-in/code", "code=<code>", given somebody_half_way_in;
    "POST /account/second-factor/begin", "", given somebody;
    "POST /account/second-factor/confirm", "code=<code>", given somebody_with_a_telephone;
    "POST /account/second-factor/remove", "password=<password>&code=<code>", given somebody_with_a_second_factor;
    "POST /settings/roles/second-factor", "role[]=accountant";
}

/// A colleague whom no other example knows, and their address.
async fn colleague(of: &Fixture) -> (Actor, String) {
    let name = of.new_name();
    (of.somebody(&name).await, of.nord.email(&name))
}

async fn somebody(of: &Fixture) -> Given {
    Given::by(&colleague(of).await.0)
}

async fn somebody_with_a_telephone(of: &Fixture) -> Given {
    let (who, _) = colleague(of).await;
    who.post("/account/second-factor/begin", &[]).await.must(303);
    let telephone = Telephone::with_key_of(&who.get("/account/second-factor").await.must(200));
    Given::by(&who).with("code", telephone.code(&of.app))
}

async fn somebody_with_a_second_factor(of: &Fixture) -> Given {
    let (who, _) = colleague(of).await;
    let (_, codes) = set_up(&who).await;
    Given::by(&who).with("password", PASSWORD).with("code", &codes[0])
}

async fn somebody_half_way_in(of: &Fixture) -> Given {
    let (who, email) = colleague(of).await;
    let (_, codes) = set_up(&who).await;
    let (fields, visitor) = ([("email", &*email), ("password", PASSWORD)], of.app.visitor());
    visitor.post("/sign-in", &fields).await.must(303);
    Given::by(&visitor).with("code", &codes[0])
}
