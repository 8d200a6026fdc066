//! Coming in by other ways than a password alone: links, codes, PINs; and what a copied database is worth.
mod factor;
mod links;
mod sessions;
mod step_up;
mod stolen;
mod tablet;

use crate::kit::make::access::{Telephone, link, set_up};
use crate::kit::{Actor, Answer, PASSWORD, TestApp};

async fn sign_in(actor: &Actor, email: &str) -> Answer {
    actor
        .post("/sign-in", &[("email", email), ("password", PASSWORD)])
        .await
}

async fn signed_in(actor: &Actor) -> bool {
    actor.get("/customers").await.status == 200
}

/// Gives the password again, as the page that asks for it does.
async fn confirm(actor: &Actor) {
    let fields = [("next", "/account"), ("confirm_password", PASSWORD)];
    actor.post("/account/confirm", &fields).await.must(303);
}

async fn count(app: &TestApp, query: &'static str) -> i64 {
    sqlx::query_scalar(query)
        .fetch_one(&mut app.db_admin().await)
        .await
        .expect("a count")
}
