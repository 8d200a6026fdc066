//! What is everybody's own.
use kit::example::{Fixture, Given};
use kit::{Actor, PASSWORD};

kit::examples! {
    "POST /account/password", "current=<password>&new=orange+tractor+lamp", given somebody;
    "POST /account/sign-out-elsewhere", "", given somebody;
    "POST /account/confirm", "next=/account";
    "POST /account/confirm-address", "";
    "POST /account/pin", "pin=2580", given somebody;
    "POST /account/pin/remove", "", given somebody_with_a_pin;
    "POST /account/sessions/end", "session=<session>", given somebody_signed_in_twice;
}

/// A colleague whom no other example knows, and their address.
async fn colleague(of: &Fixture) -> (Actor, String) {
    let name = of.new_name();
    (of.somebody(&name).await, of.nord.email(&name))
}

async fn somebody(of: &Fixture) -> Given {
    Given::by(&colleague(of).await.0).with("password", PASSWORD)
}

async fn somebody_with_a_pin(of: &Fixture) -> Given {
    let (who, _) = colleague(of).await;
    who.post("/account/pin", &[("pin", "2580")]).await.must(303);
    Given::by(&who)
}

async fn somebody_signed_in_twice(of: &Fixture) -> Given {
    let (who, email) = colleague(of).await;
    let fields = [("email", &*email), ("password", PASSWORD)];
    of.app.visitor().post("/sign-in", &fields).await.must(303);
    let other = who.get("/account").await.must(200).field("session");
    Given::by(&who).with("session", other.expect("another session"))
}
