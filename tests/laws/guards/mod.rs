//! Every route of the product, found by itself: who is turned away, whose rows do not exist, what never writes.
mod garbage;
mod headers;
mod matrix;
mod rights;
mod standing;
mod strangers;
mod writes;

use crate::kit::example::{self, Example};
use crate::kit::rows::{Rows, fill};
use crate::kit::{Actor, Answer, Sinners, TestApp, Workshop, is_function};
use axum::body::Body;
use axum::http::{Request, header};
use gantry::app::product;
use gantry::kernel::Role;
use gantry::kernel::ids::ID_KINDS;
use gantry::server::app::RouteInfo;
use uuid::Uuid;

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

    /// The main branch's rows for every parameter of a route.
    fn own(&self, route: &RouteInfo) -> Vec<&Rows> {
        vec![&self.main; parameters(route).len()]
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
            (Role::Viewer, self.nord.viewer().await),
        ]
    }
}

pub(super) fn id_of(rows: &Rows, table: &str) -> String {
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
    ID_KINDS.iter().map(|kind| row(kind.table)).collect()
}

pub(super) fn routes() -> Vec<RouteInfo> {
    let routes = product(false).app.routes();
    assert!(routes.len() > 10);
    routes
}

/// What a route is sent besides its path.
pub(super) fn sent(route: &RouteInfo) -> String {
    example::of(route).map(Example::asked).unwrap_or_default()
}

/// The names in braces, in order: those of the path, then those of what is sent.
pub(super) fn parameters(route: &RouteInfo) -> Vec<String> {
    let text = format!("{}{}", route.path, sent(route));
    let names = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    names.map(|(name, _)| name.to_owned()).collect()
}

/// `text` with its parameters replaced by ids of these rows, the first parameter by the first rows and so on.
pub(super) fn with_ids<'r>(text: &str, rows: &mut impl Iterator<Item = &'r Rows>) -> String {
    let mut filled = String::new();
    let mut pieces = text.split('{');
    filled.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (name, rest) = piece.split_once('}').expect("a closing brace");
        filled.push_str(&written(name, rows.next().expect("rows for every parameter")));
        filled.push_str(rest);
    }
    filled
}

/// The id that a parameter has among these rows.
fn written(name: &str, rows: &Rows) -> String {
    // No row's id leads anywhere: links open by a secret, which a made-up row has not.
    if name == "secret" {
        let id: Uuid = id_of(rows, "invites").parse().expect("an id");
        return hex::encode([id.into_bytes(); 2].concat());
    }
    let kind = example::kind(name);
    (kind.write)(id_of(rows, kind.table).parse().expect("an id"))
}

/// Where a page is, for these rows, one per parameter.
pub(super) fn address(route: &RouteInfo, rows: &[&Rows]) -> String {
    let mut rows = rows.iter().copied();
    let path = with_ids(&route.path, &mut rows);
    match with_ids(&sent(route), &mut rows) {
        query if query.is_empty() => path,
        query => format!("{path}?{query}"),
    }
}

/// Asks a route for these rows, one per parameter, as a page of ours would.
async fn ask(actor: &Actor, route: &RouteInfo, own: &[&Rows]) -> Answer {
    let mut rows = own.iter().copied();
    let path = with_ids(&route.path, &mut rows);
    let body = with_ids(&sent(route), &mut rows);
    let accepted = if is_function(route) {
        "application/json"
    } else {
        "text/html"
    };
    let request = Request::builder()
        .method(route.method)
        .header(header::ACCEPT, accepted);
    if route.method == "GET" {
        return actor.send(request.uri(address(route, own)), Body::empty()).await;
    }
    let request = request
        .uri(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin");
    actor.send(request, body.into()).await
}
