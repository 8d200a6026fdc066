//! Vehicles and devices.
use super::with;
use crate::Actor;
use gantry::kernel::{AssetId, CustomerId};

impl Actor {
    /// A Volkswagen Golf with the plate B-AB 1234, unless the fields say otherwise.
    pub async fn make_vehicle(&self, owner: CustomerId, own: &[(&str, &str)]) -> AssetId {
        let owner = owner.to_string();
        let fields = with(
            &[
                ("customer", owner.as_str()),
                ("plate", "B-AB 1234"),
                ("make", "Volkswagen"),
                ("model", "Golf"),
            ],
            own,
        );
        self.post("/vehicles/new", &fields).await.must(303).id()
    }
}
