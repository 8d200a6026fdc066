//! Announcements.
use super::with;
use crate::kit::{Actor, Answer};

impl Actor {
    /// Announces to everybody that the workshop is closed on Friday, unless the fields say otherwise.
    pub async fn announce(&self, own: &[(&str, &str)]) -> Answer {
        let usual = [
            ("title", "Closed on Friday"),
            ("body", "Promise nothing for Friday.\nTell those who call."),
            ("reach", "all"),
        ];
        self.post("/announcements/new", &with(&usual, own)).await
    }
}
