//! Who comes in, who leaves, and what an owner settles.
use super::{Stage, Story};
use crate::kit::{PASSWORD, Workshop};
use gantry::kernel::*;

const OWNED: &str = "/settings/members";

impl Stage {
    pub(super) async fn of_staff(&self, name: &str) -> Option<Story> {
        let branch = self.nord.main.id.to_string();
        let grant = [
            ("role", "technician"),
            ("reach", "chosen"),
            ("branches[]", &*branch),
        ];
        match name {
            "POST /session/workshop" => {
                let org = self.other_workshop("wanda").await.to_string();
                let fields = [("workshop", &*org)];
                Self::by(&self.somebody("wanda").await, "/session/workshop", &fields)
            }
            "POST /settings/members/invites" => {
                let fields = [&grant[..], &[("email", "ina@new.test")]].concat();
                self.owner(format!("{OWNED}/invites"), &fields)
            }
            "POST /settings/members/invites/{invite}/resend" => {
                let (invite, _) = self.invited("rob@new.test").await;
                self.owner(format!("{OWNED}/invites/{invite}/resend"), &[])
            }
            "POST /settings/members/invites/{invite}/revoke" => {
                let (invite, _) = self.invited("rex@new.test").await;
                self.owner(format!("{OWNED}/invites/{invite}/revoke"), &[])
            }
            "POST /invite/{secret}" => {
                let (_, link) = self.invited("eve@new.test").await;
                let fields = [("name", "Eve"), ("password", "harbour-lantern-oak-3")];
                Self::by(&self.app.visitor(), link, &fields)
            }
            "POST /settings/members/code" => self.owner(format!("{OWNED}/code"), &[]),
            "POST /settings/members/code/off" => {
                self.code().await;
                self.owner(format!("{OWNED}/code/off"), &[])
            }
            "POST /join" => {
                let code = self.code().await;
                let fields = [("code", &*code), ("name", "Jo"), ("email", "jo@new.test")];
                Self::by(&self.app.visitor(), "/join", &fields)
            }
            "POST /settings/members/requests/{join_request}" => {
                self.owner(self.asked("jan@new.test").await, &grant)
            }
            "POST /settings/members/requests/{join_request}/refuse" => {
                self.owner(format!("{}/refuse", self.asked("jim@new.test").await), &[])
            }
            "POST /settings/members/{member}" => {
                let member = self.somebody("ella").await.member();
                let version = self.nord.db_version(member).await;
                let fields = [&grant[..], &[("version", &version)]].concat();
                self.owner(format!("{OWNED}/{member}"), &fields)
            }
            "POST /settings/members/{member}/deactivate" => {
                let member = self.somebody("emil").await.member();
                self.owner(format!("{OWNED}/{member}/deactivate"), &[("reason", "Left")])
            }
            "POST /settings/members/{member}/reactivate" => {
                let path = format!("{OWNED}/{}", self.somebody("erik").await.member());
                let left = [("reason", "Left")];
                self.owner
                    .post(&format!("{path}/deactivate"), &left)
                    .await
                    .must(303);
                self.owner(format!("{path}/reactivate"), &[])
            }
            "POST /settings/leave" => {
                let owner = self.app.workshop("gone").await.owner().await;
                Self::by(&owner, "/settings/leave", &[("sure", "yes")])
            }
            "POST /settings/come-back" => {
                let owner = self.app.workshop("back").await.owner().await;
                owner.post("/settings/leave", &[("sure", "yes")]).await.must(303);
                Self::by(&owner, "/settings/come-back", &[])
            }
            "POST /settings/support" => self.owner("/settings/support", &[("span", "hour")]),
            "POST /settings/support/{support_grant}/end" => {
                self.owner
                    .post("/settings/support", &[("span", "day")])
                    .await
                    .must(303);
                let query = "select id from support_grants where org_id = $1 and ended_at is null order by expires_at desc limit 1";
                let grant = SupportGrantId::new(self.id(query, self.nord.org.uuid()).await);
                self.owner(format!("/settings/support/{grant}/end"), &[])
            }
            "POST /settings/data/download" => self.owner("/settings/data/download", &[]),
            _ => self.of_settings(name).await,
        }
    }

    async fn of_settings(&self, name: &str) -> Option<Story> {
        let branch = [
            ("name", "Harbour"),
            ("code", "HBR"),
            ("time_zone", "Europe/Lisbon"),
            ("fiscal_year_start", "4"),
            ("agreed", "yes"),
        ];
        let path = match name {
            "POST /settings/branches/new" => return self.owner("/settings/branches/new", &branch),
            "POST /settings/branches/{branch}" => {
                format!("/settings/branches/{}", self.nord.branch("WEST").await.id)
            }
            "POST /settings/workshop" => "/settings/workshop".to_owned(),
            "POST /settings/workshop/address" => {
                return self.owner("/settings/workshop/address".to_owned(), &[("slug", "nordlicht")]);
            }
            _ => return None,
        };
        let version = self.owner.get(&path).await.must(200).field("version");
        let version = ("version", &*version.expect("a version"));
        if path == "/settings/workshop" {
            let fields = [
                ("name", "Workshop nord"),
                ("currency", "EUR"),
                ("distance_unit", "km"),
                ("payment_terms_days", "21"),
                ("share_customers", "on"),
                version,
            ];
            return self.owner(path, &fields);
        }
        let fields = [&branch[..1], &[("code", "WEST")], &branch[2..4], &[version]].concat();
        self.owner(path, &fields)
    }

    /// Another workshop that somebody is a member of, too.
    async fn other_workshop(&self, name: &str) -> OrgId {
        self.somebody(name).await;
        let sued = self.app.workshop("sued").await;
        let email = self.nord.email(name);
        sued.invite(&email, "manager").await.must(303);
        let (_, link) = sued.db_invite(&email).await;
        self.app
            .visitor()
            .post(&link, &[("password", PASSWORD)])
            .await
            .must(303);
        sued.org
    }

    async fn invited(&self, email: &str) -> (InviteId, String) {
        let nord: &Workshop = &self.nord;
        nord.invite(email, "technician").await.must(303);
        nord.db_invite(email).await
    }

    /// A fresh join code, as the owner reads it.
    async fn code(&self) -> String {
        self.owner.post(&format!("{OWNED}/code"), &[]).await.must(303);
        let page = self.owner.get(OWNED).await.must(200).text();
        let (_, rest) = page.split_once("<code>").expect("a code");
        rest.split('<').next().unwrap_or_default().to_owned()
    }

    /// Where somebody waits who asked to join.
    async fn asked(&self, email: &str) -> String {
        let code = self.code().await;
        let fields = [("code", &*code), ("name", "Jo"), ("email", email)];
        self.app.visitor().post("/join", &fields).await.must(200);
        let query = "select id from join_requests where org_id = $1 and decided_at is null order by created_at desc, id desc limit 1";
        let request = JoinRequestId::new(self.id(query, self.nord.org.uuid()).await);
        format!("{OWNED}/requests/{request}")
    }
}
