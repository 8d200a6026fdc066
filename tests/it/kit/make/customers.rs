//! Customers.
use super::with;
use crate::kit::Actor;
use gantry::kernel::CustomerId;
use uuid::Uuid;

impl Actor {
    /// A person called Ada Lovelace, unless the fields say otherwise: `make_customer(&[("name", "Bo")])`.
    pub async fn make_customer(&self, own: &[(&str, &str)]) -> CustomerId {
        let fields = with(
            &[
                ("kind", "person"),
                ("name", "Ada Lovelace"),
                ("phone", "030 1234567"),
            ],
            own,
        );
        self.post("/customers/new", &fields).await.must(303);
        // The form leads to the list, so the newest row is asked for its id.
        let newest = "select id from customers order by id desc limit 1";
        let id: Uuid = sqlx::query_scalar(newest)
            .fetch_one(&mut self.app().db_admin().await)
            .await
            .expect("a customer");
        CustomerId::new(id)
    }
}
