//! How a route is used: beside each feature's tests, in `tests/it/<feature>/examples.rs`, stands an [`Example`] for every form and server
//! function of its manifest, and the laws send them.
//!
//! ```ignore
//! kit::examples! {
//!     "POST /customers/new", "kind=person&name=Bo";
//!     "POST /customers/{customer}/archive", "reason=Moved", given a_customer;
//! }
//!
//! async fn a_customer(of: &Fixture) -> Given {
//!     Given::by(&of.owner).with("customer", of.owner.make_customer(&[]).await)
//! }
//! ```
//!
//! - `{customer}` is the id of a row, in the path or in what is sent. `given` makes the row and says who sends the form; without it the
//!   owner does. Other laws put rows of other branches and workshops there.
//! - `<version>` is a value that only `given` knows and that is no row's id.
//! - A form is sent filled in by the laws of strangers too if it names a row; `filled` says that it has to be although it names none,
//!   because rows of its path are looked for only then.
//! - A page is asked without an example, unless what stands behind its question mark names rows: `"GET /search", "q=winkelmann";`.
use crate::make::billing::Job;
use crate::{Actor, TestApp, Workshop};
use axum::body::Body;
use axum::http::{Request, header};
use gantry::kernel::ids::{ID_KINDS, IdKind};
use gantry::kernel::{JobId, Role, WorkOrderId};
use gantry::server::app::RouteInfo;
use sqlx::AssertSqlSafe;
use std::fmt::Display;
use std::pin::Pin;
use uuid::Uuid;

/// One use of a route that succeeds.
#[derive(Clone, Copy)]
pub struct Example {
    /// Method and path, or the name of a server function.
    pub route: &'static str,
    /// What is sent, as in an address.
    pub fields: &'static str,
    pub filled: bool,
    pub given: MakeGiven,
}

type MakeGiven = for<'f> fn(&'f Fixture) -> Making<'f>;

pub type Making<'f> = Pin<Box<dyn Future<Output = Given> + Send + 'f>>;

/// The examples of one feature, and the module that holds them.
pub struct Examples {
    pub module: &'static str,
    pub all: &'static [Example],
}

inventory::collect!(Examples);

impl Examples {
    /// The folder under `tests/it`, which is called like the feature.
    pub fn feature(&self) -> &'static str {
        self.module.rsplit("::").nth(1).unwrap_or_default()
    }

    pub fn every() -> impl Iterator<Item = &'static Self> {
        inventory::iter::<Self>.into_iter()
    }
}

/// The examples of one feature, which the laws find by themselves.
#[macro_export]
macro_rules! examples {
    ($($route:literal, $fields:literal $(, given $given:path $(, $filled:ident)?)?;)*) => {
        $crate::inventory::submit! {
            $crate::example::Examples {
                module: module_path!(),
                all: &[$($crate::example::Example {
                    route: $route,
                    fields: $fields,
                    filled: $crate::examples!(@filled $($($filled)?)?),
                    given: $crate::examples!(@given $($given)?),
                }),*],
            }
        }
    };
    (@filled) => { false };
    (@filled filled) => { true };
    (@given) => { |of| Box::pin(async move { $crate::example::Given::by(&of.owner) }) };
    (@given $given:path) => { |of| Box::pin($given(of)) };
}

/// How examples name a route: a server function without the hash of where it stands, which moves with the code.
pub fn name(route: &RouteInfo) -> String {
    match route.path.strip_prefix("/api/") {
        Some(function) => function.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned(),
        None => format!("{} {}", route.method, route.path),
    }
}

/// The example of a route.
pub fn of(route: &RouteInfo) -> Option<&'static Example> {
    let name = name(route);
    Examples::every()
        .flat_map(|examples| examples.all)
        .find(|example| example.route == name)
}

/// The kind of id that a parameter of a path names.
///
/// # Panics
/// When no typed id is called so.
pub fn kind(parameter: &str) -> &'static IdKind {
    // An order is a work order everywhere.
    let word = if parameter == "order" {
        "work_order"
    } else {
        parameter
    };
    let found = ID_KINDS.iter().find(|kind| kind.word() == word);
    found.unwrap_or_else(|| {
        panic!("{{{parameter}}} is no typed id: call the parameter like one in src/kernel/ids.rs (TyreSetId is {{tyre_set}})")
    })
}

/// Who sends an example, and the values that it names.
pub struct Given {
    pub who: Actor,
    values: Vec<(&'static str, String)>,
}

impl Given {
    pub fn by(who: &Actor) -> Self {
        Self {
            who: who.clone(),
            values: Vec::new(),
        }
    }

    /// The value of `{name}` or `<name>`.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Display) -> Self {
        self.values.push((name, value.to_string()));
        self
    }

    /// `text` with its values filled in, as an address writes them.
    fn fill(&self, text: &str) -> String {
        let mut filled = text.to_owned();
        for (name, value) in &self.values {
            let written: String = serde_urlencoded::to_string([("", value)]).expect("a value");
            for hole in [format!("{{{name}}}"), format!("<{name}>")] {
                filled = filled.replace(&hole, written.trim_start_matches('='));
            }
        }
        assert!(
            !filled.contains(['{', '<']),
            "{filled}: its `given` lacks a value; add `.with(\"name\", value)`"
        );
        filled
    }
}

/// A request that is ready to be sent, as often as one likes.
pub struct Prepared {
    who: Actor,
    path: String,
    body: String,
}

impl Prepared {
    pub async fn send(&self) -> crate::Answer {
        let api = self.path.starts_with("/api/");
        let request = Request::post(&self.path)
            .header(header::ACCEPT, if api { "application/json" } else { "text/html" })
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        self.who.send(request, Body::from(self.body.clone())).await
    }
}

impl Example {
    /// Makes what it needs; `path` is its route's.
    pub async fn prepare(&self, of: &Fixture, path: &str) -> Prepared {
        let given = (self.given)(of).await;
        Prepared {
            path: given.fill(path),
            body: given.fill(self.fields),
            who: given.who,
        }
    }

    /// What is sent where others' rows stand in the braces; nothing where the form need not be filled in.
    pub fn asked(&self) -> String {
        let reads = !self.route.starts_with("POST ");
        if !(reads || self.filled || self.fields.contains('{')) {
            return String::new();
        }
        let mut pieces = self.fields.split('<');
        let first = pieces.next().unwrap_or_default().to_owned();
        pieces.fold(first, |text, piece| {
            text + "1" + piece.split_once('>').map_or("", |(_, rest)| rest)
        })
    }
}

/// The workshop in which examples succeed: an owner at the desk and a technician at the bay.
pub struct Fixture {
    pub app: TestApp,
    pub nord: Workshop,
    pub owner: Actor,
    pub tomas: Actor,
}

/// Jobs as examples need them.
pub const AGREED: Job<'static> = ("customer", "approved", "not_started", 10_000, 1_900);
pub const RUNNING: Job<'static> = ("customer", "approved", "started", 10_000, 1_900);
pub const ASKED: Job<'static> = ("customer", "open", "not_started", 10_000, 1_900);

impl Fixture {
    pub async fn build(app: &TestApp) -> Self {
        let nord = app.workshop("nord").await;
        Self {
            owner: nord.owner().await,
            tomas: nord.technician("tomas").await,
            app: app.clone(),
            nord,
        }
    }

    /// The same in a copy of its database.
    pub async fn copy(&self) -> Self {
        let app = self.app.copy().await;
        Self {
            nord: self.nord.moved_to(&app),
            owner: self.owner.copied_to(&app),
            tomas: self.tomas.copied_to(&app),
            app,
        }
    }

    /// A manager of that name.
    pub async fn somebody(&self, name: &str) -> Actor {
        self.nord.member(name, Role::Manager, &[self.nord.main.id]).await
    }

    /// A name that nobody else has.
    pub fn new_name(&self) -> String {
        self.app.state().clock.new_uuid().simple().to_string()
    }

    /// The id that a query finds; `$1` is `of`.
    pub async fn id(&self, query: &str, of: Uuid) -> Uuid {
        sqlx::query_scalar(AssertSqlSafe(query.to_owned()))
            .bind(of)
            .fetch_one(&mut self.nord.db().await)
            .await
            .expect(query)
    }

    /// The version that a page's form carries.
    pub async fn version(&self, page: &str) -> String {
        let page = self.owner.get(page).await.must(200);
        page.field("version").expect("a version")
    }

    /// An order in a phase with one job, the technician on it, a concern, and its odometer read.
    pub async fn order(&self, phase: &str, job: Job<'_>) -> (WorkOrderId, JobId) {
        let (order, job) = self.unassigned(phase, job).await;
        self.nord.db_assign(order, self.tomas.member()).await;
        (order, job)
    }

    /// The same, with nobody on it.
    pub async fn unassigned(&self, phase: &str, job: Job<'_>) -> (WorkOrderId, JobId) {
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
        let job = "select id from jobs where work_order_id = $1";
        (order, JobId::new(self.id(job, order.uuid()).await))
    }
}
