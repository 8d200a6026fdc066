//! Our own people, who work at the console.
use crate::{Actor, Answer, TestApp};
use gantry::server::platform_admin;

pub const EMAIL: &str = "petra@gantry.test";
pub const PASSWORD: &str = "harbour-lantern-oak-3";

/// Makes one of us by the command line's own function.
pub async fn db_admin_account(app: &TestApp) {
    let (clock, owner) = (app.state().clock.clone(), &app.database().owner_url);
    let name = Some("Petra".to_owned());
    platform_admin::create(owner, EMAIL, name, Some(PASSWORD.to_owned()), &*clock)
        .await
        .expect("an account");
}

/// What the door of our own says to a password.
pub async fn sign_in(actor: &Actor, password: &str) -> Answer {
    let fields = [("email", EMAIL), ("password", password)];
    actor.post("/platform/sign-in", &fields).await
}

/// One of us, signed in.
pub async fn petra(app: &TestApp) -> Actor {
    db_admin_account(app).await;
    let petra = app.visitor();
    sign_in(&petra, PASSWORD).await.must(303);
    petra
}
