//! Links in letters, second factors, PINs and shared tablets.
use super::{Stage, Story};
use crate::kit::make::access::{Telephone, link, set_up};
use crate::kit::{Actor, PASSWORD};
use gantry::kernel::*;

impl Stage {
    pub(super) async fn of_access(&self, name: &str) -> Option<Story> {
        let new = [("new", "orange tractor lamp")];
        match name {
            "POST /forgot" => {
                let email = self.nord.email("owner");
                Self::by(&self.app.visitor(), "/forgot", &[("email", &email)])
            }
            "POST /reset/{secret}" => {
                self.somebody("gus").await;
                let email = self.nord.email("gus");
                let visitor = self.app.visitor();
                visitor.post("/forgot", &[("email", &email)]).await.must(200);
                let path = link(&self.app.letter_to(&email).await, "/reset/");
                Self::by(&visitor, path, &new)
            }
            "POST /verify/{secret}" => {
                let fields = [
                    ("workshop", "Vera"),
                    ("assets", "vehicle"),
                    ("country", "DE"),
                    ("city", "Berlin"),
                    ("name", "Vera Nowak"),
                    ("email", "vera@example.com"),
                    ("password", PASSWORD),
                ];
                let visitor = self.app.visitor();
                visitor.post("/sign-up", &fields).await.must(303);
                let path = link(&self.app.letter_to("vera@example.com").await, "/verify/");
                Self::by(&visitor, path, &[])
            }
            "POST /account/confirm" => self.owner("/account/confirm", &[("next", "/account")]),
            "POST /account/confirm-address" => self.owner("/account/confirm-address", &[]),
            "POST /account/pin" => Self::by(&self.somebody("pina").await, "/account/pin", &[("pin", "2580")]),
            "POST /account/pin/remove" => {
                let who = self.somebody("pino").await;
                who.post("/account/pin", &[("pin", "2580")]).await.must(303);
                Self::by(&who, "/account/pin/remove", &[])
            }
            "POST /account/sessions/end" => {
                let who = self.somebody("sara").await;
                let email = self.nord.email("sara");
                let fields = [("email", &*email), ("password", PASSWORD)];
                self.app.visitor().post("/sign-in", &fields).await.must(303);
                let other = who.get("/account").await.must(200).field("session");
                let other = other.expect("another session");
                Self::by(&who, "/account/sessions/end", &[("session", &other)])
            }
            _ => match self.of_second_factors(name).await {
                None => self.of_tablets(name).await,
                found => found,
            },
        }
    }

    async fn of_second_factors(&self, name: &str) -> Option<Story> {
        let begin = "/account/second-factor/begin";
        match name {
            "POST /account/second-factor/begin" => Self::by(&self.somebody("fay").await, begin, &[]),
            "POST /account/second-factor/confirm" => {
                let who = self.somebody("finn").await;
                who.post(begin, &[]).await.must(303);
                let telephone = Telephone::with_key_of(&who.get("/account/second-factor").await.must(200));
                let code = telephone.code(&self.app);
                Self::by(&who, "/account/second-factor/confirm", &[("code", &code)])
            }
            "POST /account/second-factor/remove" => {
                let who = self.somebody("fred").await;
                let (_, codes) = set_up(&who).await;
                let fields = [("password", PASSWORD), ("code", &*codes[0])];
                Self::by(&who, "/account/second-factor/remove", &fields)
            }
            "POST /sign-in/code" => {
                let (_, codes) = set_up(&self.somebody("carl").await).await;
                let (email, visitor) = (self.nord.email("carl"), self.app.visitor());
                let fields = [("email", &*email), ("password", PASSWORD)];
                visitor.post("/sign-in", &fields).await.must(303);
                Self::by(&visitor, "/sign-in/code", &[("code", &codes[0])])
            }
            "POST /settings/roles/second-factor" => {
                self.owner("/settings/roles/second-factor", &[("role[]", "accountant")])
            }
            _ => None,
        }
    }

    async fn of_tablets(&self, name: &str) -> Option<Story> {
        let branch = self.nord.main.id.to_string();
        let tablet = [("name", "Tyre corner"), ("branch", &*branch)];
        match name {
            "POST /settings/tablets" => Self::by(&self.somebody("tess").await, "/settings/tablets", &tablet),
            "POST /settings/tablets/retire" => {
                let who = self.somebody("tim").await;
                who.post("/settings/tablets", &tablet).await.must(303);
                let query = "select id from auth.tablets where org_id = $1 and retired_at is null limit 1";
                let id = TabletId::new(self.id(query, self.nord.org.uuid()).await).to_string();
                Self::by(&who, "/settings/tablets/retire", &[("tablet", &id)])
            }
            "POST /switch" => {
                let who: Actor = self.somebody("ulla").await;
                who.post("/account/pin", &[("pin", "2580")]).await.must(303);
                who.post("/settings/tablets", &tablet).await.must(303);
                let member = who.member().to_string();
                Self::by(&who, "/switch", &[("member", &member), ("pin", "2580")])
            }
            _ => None,
        }
    }
}
