//! Walk-ins.
use super::with;
use crate::{Actor, Answer};

impl Actor {
    /// Sends the check-in form: Ada Lovelace with her Golf, B-AB 1234, unless the fields say otherwise.
    pub async fn check_in(&self, own: &[(&str, &str)]) -> Answer {
        let fields = with(
            &[
                ("plate", "B-AB 1234"),
                ("make", "Volkswagen"),
                ("model", "Golf"),
                ("kind", "person"),
                ("name", "Ada Lovelace"),
                ("concerns", "Brakes squeal\nOil leak"),
                ("odometer_in", "84 250"),
                ("promise", "none"),
            ],
            own,
        );
        self.post("/check-in", &fields).await
    }

    /// Asks at check-in what is known of who is arriving.
    pub async fn look_up(&self, typed: &[(&str, &str)]) -> Answer {
        self.post("/check-in/look-up", typed).await
    }
}
