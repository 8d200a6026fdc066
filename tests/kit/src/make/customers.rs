//! Customers.
use super::with;
use crate::Actor;
use gantry::kernel::CustomerId;

impl Actor {
    /// A person called Ada Lovelace, unless the fields say otherwise: `make_customer(&[("name", "Bo")])`.
    pub async fn make_customer(&self, own: &[(&str, &str)]) -> CustomerId {
        let fields = with(
            &[
                ("kind", "person"),
                ("name", "Ada Lovelace"),
                ("phone", "030 1234567"),
                // A second one with the same number is asked about otherwise.
                ("anyway", "yes"),
            ],
            own,
        );
        self.post("/customers/new", &fields).await.must(303).id()
    }
}
