//! People: their grants, and how they are invited.
use crate::{Answer, Workshop};
use gantry::kernel::{BranchId, InviteId, MemberId};
use uuid::Uuid;

/// The fields of a role in chosen branches.
pub fn grant(role: &str, branches: &[BranchId]) -> Vec<(String, String)> {
    let mut fields = vec![
        ("role".to_owned(), role.to_owned()),
        ("reach".to_owned(), "chosen".to_owned()),
    ];
    for branch in branches {
        fields.push(("branches[]".to_owned(), branch.to_string()));
    }
    fields
}

/// The same, as a form is sent.
pub fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

impl Workshop {
    /// Sends an invitation as the owner.
    pub async fn invite(&self, email: &str, role: &str) -> Answer {
        let mut fields = grant(role, &[self.main.id]);
        fields.push(("email".to_owned(), email.to_owned()));
        let owner = self.owner().await;
        owner.post("/settings/members/invites", &borrowed(&fields)).await
    }

    /// The open invitation of an address and the path that its newest link leads to.
    pub async fn db_invite(&self, email: &str) -> (InviteId, String) {
        let (id, link): (Uuid, Uuid) = sqlx::query_as(
            "select id, link_id from invites where org_id = $1 and email = $2 order by created_at desc limit 1",
        )
        .bind(self.org.uuid())
        .bind(email)
        .fetch_one(&mut self.db().await)
        .await
        .expect("an invitation");
        let secret = self.app().state().keys.link_token(link);
        (InviteId::new(id), format!("/invite/{secret}"))
    }

    /// What a statement counts in this workshop; `$1` is the organization.
    pub async fn db_counted(&self, statement: &'static str) -> i64 {
        sqlx::query_scalar(statement)
            .bind(self.org.uuid())
            .fetch_one(&mut self.db().await)
            .await
            .expect("a count")
    }

    /// The version that a membership's form has to send.
    pub async fn db_version(&self, member: MemberId) -> String {
        let version: i32 = sqlx::query_scalar("select version from members where id = $1")
            .bind(member.uuid())
            .fetch_one(&mut self.db().await)
            .await
            .expect("a version");
        version.to_string()
    }

    /// Gives a role a right beyond its preset.
    pub async fn db_give(&self, role: &str, right: &str) {
        sqlx::query("insert into role_rights (role, right_name, granted) values ($1, $2, true)")
            .bind(role)
            .bind(right)
            .execute(&mut self.db().await)
            .await
            .expect("a right");
    }
}
