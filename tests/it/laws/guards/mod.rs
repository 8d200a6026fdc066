//! Every route of the product, found by itself: who is turned away, whose rows do not exist, what never writes.
mod headers;
mod rights;
mod strangers;
mod writes;

use super::rows::{Rows, fill};
use crate::kit::{Actor, Answer, TestApp, Workshop};
use axum::body::Body;
use axum::http::{Request, header};
use gantry::kernel::*;
use gantry::server::http::registry::RouteInfo;
use gantry::server::http::router::route_list;
use uuid::Uuid;

/// What a parameter of a path names: its table, and how its ids are written.
type Naming = (&'static str, &'static str, fn(Uuid) -> String);

const PARAMETERS: &[Naming] = &[
    ("order", "work_orders", |id| WorkOrderId::new(id).to_string()),
    ("work_order", "work_orders", |id| WorkOrderId::new(id).to_string()),
    ("concern", "concerns", |id| ConcernId::new(id).to_string()),
    ("job", "jobs", |id| JobId::new(id).to_string()),
    ("line", "lines", |id| LineId::new(id).to_string()),
    ("note", "notes", |id| NoteId::new(id).to_string()),
    ("authorization", "authorizations", |id| {
        AuthorizationId::new(id).to_string()
    }),
    ("customer", "customers", |id| CustomerId::new(id).to_string()),
    ("asset", "assets", |id| AssetId::new(id).to_string()),
    ("vehicle", "assets", |id| AssetId::new(id).to_string()),
    ("invoice", "invoices", |id| InvoiceId::new(id).to_string()),
    ("payment", "payments", |id| PaymentId::new(id).to_string()),
    ("branch", "branches", |id| BranchId::new(id).to_string()),
    ("member", "members", |id| MemberId::new(id).to_string()),
];

/// What server functions are sent; ids stand in it as in a path.
const ARGUMENTS: &[(&str, &str)] = &[
    ("read_board", ""),
    ("move_card", "order={order}&from=received&to=diagnosing"),
];

/// A workshop with two branches, another one, and a row of everything in each.
struct Town {
    app: TestApp,
    nord: Workshop,
    main: Rows,
    west: Rows,
    foreign: Rows,
}

impl Town {
    async fn build() -> Self {
        let app = TestApp::new().await;
        let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
        let west = nord.branch("WEST").await;
        let mut db = nord.db().await;
        Self {
            main: fill(&mut db, nord.org.uuid(), nord.main.id.uuid()).await,
            west: fill(&mut db, nord.org.uuid(), west.id.uuid()).await,
            foreign: fill(&mut sued.db().await, sued.org.uuid(), sued.main.id.uuid()).await,
            nord,
            app,
        }
    }

    /// Everybody of the workshop, each bound to its main branch, with the owner first.
    async fn people(&self) -> Vec<(Role, Actor)> {
        let tomas = self.nord.technician("tomas").await;
        sqlx::query(
            "insert into job_technicians (job_id, work_order_id, member_id) values ($1::uuid, $2::uuid, $3)",
        )
        .bind(id_of(&self.main, "jobs"))
        .bind(id_of(&self.main, "work_orders"))
        .bind(tomas.member().uuid())
        .execute(&mut self.nord.db().await)
        .await
        .expect("an assignment");
        vec![
            (Role::Owner, self.nord.owner().await),
            (Role::Manager, self.nord.manager().await),
            (Role::Receptionist, self.nord.receptionist().await),
            (Role::Technician, tomas),
            (Role::Accountant, self.nord.accountant().await),
        ]
    }
}

fn id_of(rows: &Rows, table: &str) -> String {
    rows[table]["id"].as_str().expect("an id").to_owned()
}

/// Rows that nobody has.
fn nobodys() -> Rows {
    let row = |table: &str| {
        let id = Uuid::from_u128(rand::random()).to_string();
        (
            table.to_owned(),
            [("id".to_owned(), id.into())].into_iter().collect(),
        )
    };
    PARAMETERS.iter().map(|(_, table, _)| row(table)).collect()
}

fn routes() -> Vec<RouteInfo> {
    let routes = route_list(false);
    assert!(routes.len() > 10);
    routes
}

fn is_function(route: &RouteInfo) -> bool {
    route.path.starts_with("/api/")
}

/// What a route is sent besides its path.
fn arguments(route: &RouteInfo) -> &'static str {
    if !is_function(route) {
        return "";
    }
    let name = route
        .path
        .trim_start_matches("/api/")
        .trim_end_matches(|c: char| c.is_ascii_digit());
    let known = ARGUMENTS.iter().find(|(known, _)| *known == name);
    known
        .unwrap_or_else(|| panic!("ARGUMENTS in laws/guards/mod.rs lacks {name}"))
        .1
}

/// The names in braces, in order.
fn parameters(route: &RouteInfo) -> Vec<&str> {
    let mut names: Vec<&str> = route.params.iter().map(String::as_str).collect();
    names.extend(
        arguments(route)
            .split('{')
            .skip(1)
            .filter_map(|rest| Some(rest.split_once('}')?.0)),
    );
    names
}

/// `text` with its parameters replaced by ids of these rows, the first parameter by the first rows and so on.
fn with_ids(text: &str, mut rows: impl Iterator<Item = impl std::borrow::Borrow<Rows>>) -> String {
    let mut filled = String::new();
    let mut pieces = text.split('{');
    filled.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (name, rest) = piece.split_once('}').expect("a closing brace");
        let known = PARAMETERS.iter().find(|(known, ..)| *known == name);
        let (_, table, written) =
            known.unwrap_or_else(|| panic!("PARAMETERS in laws/guards/mod.rs lacks {name}"));
        let rows = rows.next().expect("rows for every parameter");
        let id = id_of(rows.borrow(), table).parse().expect("an id");
        filled.push_str(&written(id));
        filled.push_str(rest);
    }
    filled
}

/// Asks a route for these rows, one per parameter, as a page of ours would.
async fn ask(actor: &Actor, route: &RouteInfo, rows: &[&Rows]) -> Answer {
    let path = with_ids(&route.path, rows.iter().copied());
    let body = with_ids(arguments(route), rows.iter().copied());
    let accepted = if is_function(route) {
        "application/json"
    } else {
        "text/html"
    };
    let request = Request::builder()
        .method(route.method)
        .uri(path)
        .header(header::ACCEPT, accepted);
    if route.method == "GET" {
        return actor.send(request, Body::empty()).await;
    }
    let request = request
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin");
    actor.send(request, body.into()).await
}
