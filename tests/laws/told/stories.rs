//! For every route that writes, how it succeeds.
mod access;
mod announced;
mod drivers;
mod staff;

use super::Story;
use crate::kit::make::billing::USUAL;
use crate::kit::{Actor, PASSWORD, TestApp, Workshop};
use gantry::kernel::*;
use gantry::server::app::RouteInfo;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// A workshop with an owner at the desk and a technician at the bay.
pub(super) struct Stage {
    app: TestApp,
    nord: Workshop,
    owner: Actor,
    tomas: Actor,
}

type Fields<'a> = &'a [(&'a str, &'a str)];

const READY: &str = "ready";
const OPEN: crate::kit::make::billing::Job<'static> = ("customer", "approved", "not_started", 10_000, 1_900);
const RUNNING: crate::kit::make::billing::Job<'static> = ("customer", "approved", "started", 10_000, 1_900);
const ASKED: crate::kit::make::billing::Job<'static> = ("customer", "open", "not_started", 10_000, 1_900);

impl Stage {
    pub async fn build(app: &TestApp) -> Self {
        let nord = app.workshop("nord").await;
        Self {
            owner: nord.owner().await,
            tomas: nord.technician("tomas").await,
            app: app.clone(),
            nord,
        }
    }

    /// # Panics
    /// For a route that nobody wrote a story for.
    pub async fn story(&self, name: &str, route: &RouteInfo) -> Story {
        let found = [
            self.of_people(name).await,
            self.of_staff(name).await,
            self.of_access(name).await,
            self.of_announcements(name).await,
            self.of_drivers(name).await,
            self.of_customers(name).await,
            self.of_the_bay(name).await,
            self.of_orders(name, route).await,
            self.of_money(name).await,
        ];
        let story = found.into_iter().flatten().next();
        story.unwrap_or_else(|| panic!("laws/told/stories.rs has no story for {name}"))
    }

    fn by(who: &Actor, path: impl Into<String>, fields: Fields<'_>) -> Option<Story> {
        let fields = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Some(Story {
            who: who.clone(),
            path: path.into(),
            fields: fields.collect(),
        })
    }

    fn owner(&self, path: impl Into<String>, fields: Fields<'_>) -> Option<Story> {
        Self::by(&self.owner, path, fields)
    }

    async fn somebody(&self, name: &str) -> Actor {
        self.nord.member(name, Role::Manager, &[self.nord.main.id]).await
    }

    async fn id(&self, query: &str, of: Uuid) -> Uuid {
        sqlx::query_scalar(AssertSqlSafe(query.to_owned()))
            .bind(of)
            .fetch_one(&mut self.nord.db().await)
            .await
            .expect(query)
    }

    /// An order in a phase with one job, the technician on it, a concern, and its odometer read.
    async fn order(&self, phase: &str, job: crate::kit::make::billing::Job<'_>) -> (WorkOrderId, JobId) {
        let (order, job) = self.unassigned(phase, job).await;
        self.nord.db_assign(order, self.tomas.member()).await;
        (order, job)
    }

    /// The same, with nobody on it.
    async fn unassigned(&self, phase: &str, job: crate::kit::make::billing::Job<'_>) -> (WorkOrderId, JobId) {
        let order = self.nord.db_order(phase, &[job]).await;
        for statement in [
            "insert into concerns (id, work_order_id, position, concern) values (gen_random_uuid(), $1, 1, 'It rattles')",
            "update work_orders set odometer_in = 10 where id = $1",
        ] {
            sqlx::query(statement)
                .bind(order.uuid())
                .execute(&mut self.nord.db().await)
                .await
                .expect(statement);
        }
        let job = self
            .id("select id from jobs where work_order_id = $1", order.uuid())
            .await;
        (order, JobId::new(job))
    }

    async fn concern(&self, order: WorkOrderId) -> ConcernId {
        ConcernId::new(
            self.id("select id from concerns where work_order_id = $1", order.uuid())
                .await,
        )
    }

    async fn vehicle(&self, plate: &str) -> AssetId {
        let ada = self.owner.make_customer(&[]).await;
        self.owner.make_vehicle(ada, &[("plate", plate)]).await
    }

    async fn of_people(&self, name: &str) -> Option<Story> {
        let visitor = self.app.visitor();
        let owner = self.nord.email("owner");
        match name {
            "POST /sign-in" => Self::by(&visitor, "/sign-in", &[("email", &owner), ("password", PASSWORD)]),
            "POST /sign-up" => {
                let form = [
                    ("workshop", "Nowak"),
                    ("assets", "vehicle"),
                    ("country", "DE"),
                    ("city", "Berlin"),
                    ("name", "Ana Nowak"),
                    ("email", "ana@example.com"),
                    ("password", "orange tractor lamp"),
                ];
                Self::by(&visitor, "/sign-up", &form)
            }
            "POST /sign-out" => Self::by(&self.somebody("paula").await, "/sign-out", &[]),
            "POST /session/theme" => self.owner("/session/theme", &[("theme", "dark")]),
            "POST /session/branch" => self.owner("/session/branch", &[("branch", "all")]),
            "POST /account/password" => {
                let fields = [("current", PASSWORD), ("new", "orange tractor lamp")];
                Self::by(&self.somebody("petra").await, "/account/password", &fields)
            }
            "POST /account/sign-out-elsewhere" => {
                Self::by(&self.somebody("pia").await, "/account/sign-out-elsewhere", &[])
            }
            "POST /settings/roles" => {
                let fields = [("shown[]", "accountant"), ("accountant[]", "ViewTrails")];
                self.owner("/settings/roles", &fields)
            }
            "POST /settings/roles/new" => self.owner(
                "/settings/roles/new",
                &[("name", "Foreman"), ("base", "technician")],
            ),
            "POST /settings/roles/{custom_role}/archive" => {
                let fields = [("name", "Night shift"), ("base", "technician")];
                self.owner.post("/settings/roles/new", &fields).await.must(303);
                let query = "select id from custom_roles where org_id = $1 and name = 'Night shift'";
                let role = CustomRoleId::new(self.id(query, self.nord.org.uuid()).await);
                self.owner(format!("/settings/roles/{role}/archive"), &[])
            }
            _ => None,
        }
    }

    async fn of_customers(&self, name: &str) -> Option<Story> {
        let (path, deed) = name.strip_prefix("POST /")?.rsplit_once('/')?;
        let reason = [("reason", "Moved")];
        match (path, deed) {
            ("customers", "new") => self.owner("/customers/new", &[("kind", "person"), ("name", "Bo")]),
            ("customers/{customer}", deed) => {
                let path = format!("/customers/{}", self.owner.make_customer(&[]).await);
                if deed == "restore" {
                    self.owner
                        .post(&format!("{path}/archive"), &reason)
                        .await
                        .must(303);
                }
                let edit = [
                    ("kind", "person"),
                    ("name", "Ada King"),
                    ("version", "1"),
                    ("anyway", "yes"),
                ];
                let fields: Fields<'_> = if deed == "edit" { &edit } else { &reason };
                self.owner(format!("{path}/{deed}"), fields)
            }
            ("vehicles", "new") => {
                let ada = self.owner.make_customer(&[]).await.to_string();
                let fields = [
                    ("customer", ada.as_str()),
                    ("plate", "B-NEW 1"),
                    ("make", "VW"),
                    ("model", "Golf"),
                ];
                self.owner("/vehicles/new", &fields)
            }
            ("vehicles/{asset}", deed) => {
                let path = format!("/vehicles/{}", self.vehicle(&format!("B-{deed}")).await);
                if deed == "restore" {
                    self.owner
                        .post(&format!("{path}/archive"), &reason)
                        .await
                        .must(303);
                }
                let fields: Fields<'_> = match deed {
                    "edit" => &[("make", "VW"), ("model", "Polo"), ("version", "1")],
                    "odometer" => &[("value", "8425")],
                    _ => &reason,
                };
                self.owner(format!("{path}/{deed}"), fields)
            }
            _ => None,
        }
    }

    async fn of_the_bay(&self, name: &str) -> Option<Story> {
        let deed = name.strip_prefix("POST /my-jobs/{order}/")?;
        let (order, job) = match deed {
            "jobs/{job}/finish" => self.order("in_progress", RUNNING).await,
            "jobs/{job}/take" => self.unassigned("approved", OPEN).await,
            _ => self.order("approved", OPEN).await,
        };
        let concern = self.concern(order).await;
        let deed = deed
            .replace("{job}", &job.to_string())
            .replace("{concern}", &concern.to_string());
        let fields = [("body", "Key in box 4"), ("cause", "Worn pads")];
        Self::by(&self.tomas, format!("/my-jobs/{order}/{deed}"), &fields)
    }

    async fn of_orders(&self, name: &str, route: &RouteInfo) -> Option<Story> {
        let walk_in = [
            ("plate", "B-WALK 1"),
            ("make", "VW"),
            ("model", "Golf"),
            ("kind", "person"),
            ("name", "Walter Walk"),
            ("concerns", "Brakes squeal"),
            ("odometer_in", "84 250"),
            ("promise", "none"),
        ];
        if name == "POST /check-in" {
            return self.owner("/check-in", &walk_in);
        }
        let deed = match name {
            "POST /board/moves" | "move_card" => "",
            other => other.strip_prefix("POST /work-orders/{order}/")?,
        };
        let (phase, facts) = match deed {
            "hand-over" => (READY, USUAL),
            "invoice" => (READY, USUAL),
            "decisions" => ("awaiting_approval", ASKED),
            "jobs/{job}/work" => ("in_progress", OPEN),
            _ => ("received", ASKED),
        };
        let (order, job) = self.order(phase, facts).await;
        if deed == "check-in-sheet" {
            self.reachable(order).await;
        }
        let (id, job, member) = (
            order.to_string(),
            job.to_string(),
            self.tomas.member().to_string(),
        );
        let version = self.owner.version(order).await;
        let moved = [("order", id.as_str()), ("from", "received"), ("to", "diagnosing")];
        if deed.is_empty() {
            return self.owner(route.path.clone(), &moved);
        }
        let (note, owner) = (self.called(order, deed).await, self.owner.member().to_string());
        let concern = self.concern(order).await.to_string();
        let path = deed.replace("{job}", &job).replace("{concern}", &concern);
        let line = [
            ("version", version.as_str()),
            ("line[]", ""),
            ("kind[]", "labor"),
            ("description[]", "Work"),
            ("part_number[]", ""),
            ("quantity[]", "1"),
            ("unit_price[]", "10"),
            ("tax[]", "1900"),
        ];
        let fields: Fields<'_> = match deed {
            "moves" => &moved[1..],
            "details" => &[("advisor", &member), ("waiting", "on")],
            "assignments" => &[("member", &owner), ("job", &job)],
            "attention" => &[("note", &note)],
            "mentions/seen" => &[("note[]", &note)],
            "odometer" => &[("point", "in"), ("value", "20")],
            "notes" => &[("audience", "internal"), ("body", "Seen")],
            "hand-over" => &[
                ("collected_by", "Ada"),
                ("typed", "Ada"),
                ("override", "on"),
                ("reason", "Invoice follows"),
            ],
            "concerns" => &[("concern", "It squeaks")],
            "concerns/{concern}" => &[("concern", "It squeaks"), ("was", "It rattles")],
            "concerns/{concern}/finding" => &[("cause", "Rust"), ("correction", "Oil")],
            "jobs" => &[("title", "Brakes")],
            "jobs/{job}" => &[("version", &version), ("title", "Brakes"), ("payer", "customer")],
            "jobs/{job}/lines" => &line,
            "jobs/{job}/work" => &[("do", "start")],
            "decisions" => &[
                ("version", &version),
                (&job, "approved"),
                ("method", "phone"),
                ("contact_name", "Ada"),
            ],
            _ => &[],
        };
        self.owner(format!("/work-orders/{id}/{path}"), fields)
    }

    /// Gives the customer an e-mail address.
    async fn reachable(&self, order: WorkOrderId) {
        let statement = "update customers set email = 'ada@example.com' where id = (select customer_id from work_orders where id = $1)";
        let mut db = self.nord.db().await;
        let told = sqlx::query(statement).bind(order.uuid()).execute(&mut db).await;
        told.expect("an address");
    }

    /// The note by which a colleague calls: for attention, or for the owner.
    async fn called(&self, order: WorkOrderId, deed: &str) -> String {
        let (owner, mut call) = (
            self.owner.member().to_string(),
            vec![("audience", "internal"), ("body", "Look")],
        );
        match deed {
            "attention" => call.push(("attention", "on")),
            "mentions/seen" => call.push(("mention[]", &owner)),
            _ => return String::new(),
        }
        let colleague = self.somebody(deed.split('/').next().unwrap_or_default()).await;
        colleague.on_order(order, "notes", &call).await.must(303);
        let query = "select id from notes where work_order_id = $1 order by at desc limit 1";
        NoteId::new(self.id(query, order.uuid()).await).to_string()
    }

    async fn of_money(&self, name: &str) -> Option<Story> {
        if name == "POST /payments/{payment}/reverse" {
            let (_, invoice) = self.invoice().await;
            self.owner.pay(invoice, &[]).await.must(303);
            let query = "select payment_id from payment_allocations where invoice_id = $1";
            let payment = PaymentId::new(self.id(query, invoice.uuid()).await);
            return self.owner(format!("/payments/{payment}/reverse"), &[("reason", "Bounced")]);
        }
        let deed = name.strip_prefix("POST /invoices/{invoice}/")?;
        let invoice = match deed {
            "edit" | "refresh" | "delete" | "post" => {
                self.owner.make_draft(self.nord.db_ready_order().await).await
            }
            "credit" => self.with_credit().await,
            _ => self.invoice().await.1,
        };
        let fields: Fields<'_> = match deed {
            "edit" => &[("due_on", "2026-05-01"), ("subject", "Brakes")],
            "void" => &[("reason", "Wrong customer")],
            "payments" => &[("method", "card"), ("amount", "10.00"), ("received_on", "")],
            _ => &[],
        };
        self.owner(format!("/invoices/{invoice}/{deed}"), fields)
    }

    async fn invoice(&self) -> (WorkOrderId, InvoiceId) {
        let order = self.nord.db_ready_order().await;
        (order, self.owner.make_invoice(order).await)
    }

    /// An invoice of a customer who has credit: a paid one of theirs was voided and made again.
    async fn with_credit(&self) -> InvoiceId {
        let (_, paid) = self.invoice().await;
        self.owner.pay(paid, &[]).await.must(303);
        let fields = [("reason", "Wrong price"), ("again", "on")];
        let draft: InvoiceId = self
            .owner
            .post(&format!("/invoices/{paid}/void"), &fields)
            .await
            .must(303)
            .id();
        self.owner
            .post(&format!("/invoices/{draft}/post"), &[])
            .await
            .must(303);
        draft
    }
}
