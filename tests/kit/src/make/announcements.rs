//! Announcements.
use super::with;
use crate::{Actor, Answer, Workshop};

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

impl Workshop {
    /// What a statement counts in this workshop; `$1` is the organization.
    pub async fn db_told(&self, what: &'static str) -> i64 {
        sqlx::query_scalar(what)
            .bind(self.org.uuid())
            .fetch_one(&mut self.db().await)
            .await
            .expect("a count")
    }
}
