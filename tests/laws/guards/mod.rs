//! Every route of the product, found by itself: who is turned away, whose rows do not exist, what never writes.
mod garbage;
mod headers;
mod matrix;
mod rights;
mod standing;
mod strangers;
mod writes;

use crate::kit::rows::{Rows, fill};
use crate::kit::{Actor, Answer, Sinners, TestApp, Workshop, is_function};
use axum::body::Body;
use axum::http::{Request, header};
use gantry::app::product;
use gantry::kernel::*;
use gantry::server::app::RouteInfo;
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
    ("driver", "drivers", |id| DriverId::new(id).to_string()),
    ("asset", "assets", |id| AssetId::new(id).to_string()),
    ("vehicle", "assets", |id| AssetId::new(id).to_string()),
    ("invoice", "invoices", |id| InvoiceId::new(id).to_string()),
    ("payment", "payments", |id| PaymentId::new(id).to_string()),
    ("branch", "branches", |id| BranchId::new(id).to_string()),
    ("member", "members", |id| MemberId::new(id).to_string()),
    ("invite", "invites", |id| InviteId::new(id).to_string()),
    ("join_request", "join_requests", |id| {
        JoinRequestId::new(id).to_string()
    }),
    // No row's id leads anywhere: links open by a secret, which a made-up row has not.
    ("secret", "invites", |id| {
        hex::encode([id.into_bytes(); 2].concat())
    }),
    ("support_grant", "support_grants", |id| {
        SupportGrantId::new(id).to_string()
    }),
    ("custom_role", "custom_roles", |id| {
        CustomRoleId::new(id).to_string()
    }),
    ("announcement", "announcements", |id| {
        AnnouncementId::new(id).to_string()
    }),
];

/// What a route is sent besides its path, with ids as in a path: every server function's arguments, forms whose rows are
/// looked for only when they are filled in, and whatever names rows outside the path.
const SENT: &[(&str, &str)] = &[
    ("read_board", ""),
    ("GET /search", "q=winkelmann"),
    ("find", "query=winkelmann"),
    ("POST /work-orders/{order}/jobs/{job}/work", "do=start"),
    (
        "POST /work-orders/{order}/jobs/{job}",
        "version=1&title=Brakes&payer=customer",
    ),
    ("move_card", "order={order}&from=received&to=diagnosing"),
    ("GET /vehicles/new", "customer={customer}"),
    (
        "POST /vehicles/new",
        "customer={customer}&make=Volkswagen&plate=B+AB+12",
    ),
    ("GET /check-in", "vehicle={vehicle}&customer={customer}"),
    (
        "POST /check-in/look-up",
        "vehicle={vehicle}&customer={customer}&plate=B+AB+12&name=Winkelmann",
    ),
    (
        "POST /check-in",
        "vehicle={vehicle}&customer={customer}&advisor={member}&concerns=It+rattles&promise=none",
    ),
    ("POST /session/branch", "branch={branch}"),
    (
        "POST /settings/members/{member}",
        "role=manager&reach=chosen&branches[]={branch}&version=1",
    ),
    (
        "POST /settings/members/invites",
        "email=eve@new.test&role=manager&reach=chosen&branches[]={branch}",
    ),
    ("POST /settings/members/{member}/deactivate", "reason=Left"),
    (
        "POST /settings/members/requests/{join_request}",
        "role=manager&reach=chosen&branches[]={branch}",
    ),
    (
        "POST /invite/{secret}",
        "name=Eve&password=three-unrelated-words-1",
    ),
    (
        "POST /announcements/new",
        "title=Ladder&body=It+hangs+by+the+door&reach=chosen&branches[]={branch}",
    ),
    ("POST /board/moves", "order={order}&from=received&to=diagnosing"),
    ("POST /work-orders/{order}/moves", "to=diagnosing"),
    (
        "POST /work-orders/{order}/assignments",
        "member={member}&job={job}",
    ),
    ("POST /work-orders/{order}/details", "advisor={member}"),
    (
        "POST /work-orders/{order}/notes",
        "audience=internal&body=Seen&mention[]={member}",
    ),
    ("POST /work-orders/{order}/attention", "note={note}"),
    (
        "POST /work-orders/{order}/decisions",
        "version=1&{job}=approved&method=phone&contact_name=Ada",
    ),
    (
        "POST /invoices/{invoice}/payments",
        "method=cash&amount=1.00&received_on=2026-03-02",
    ),
    (
        "POST /work-orders/{order}/jobs/{job}/lines",
        "version=1&line[]={line}&kind[]=labor&description[]=Brakes&quantity[]=1&unit_price[]=1&tax[]=0",
    ),
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
    PARAMETERS.iter().map(|(_, table, _)| row(table)).collect()
}

pub(super) fn routes() -> Vec<RouteInfo> {
    let routes = product(false).app.routes();
    assert!(routes.len() > 10);
    routes
}

/// What a route is sent besides its path.
pub(super) fn sent(route: &RouteInfo) -> &'static str {
    let name = match route.path.strip_prefix("/api/") {
        Some(function) => function.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned(),
        None => format!("{} {}", route.method, route.path),
    };
    match SENT.iter().find(|(known, _)| *known == name) {
        Some((_, sent)) => sent,
        None if is_function(route) => panic!("SENT in laws/guards/mod.rs lacks {name}"),
        None => "",
    }
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
    let known = PARAMETERS.iter().find(|(known, ..)| *known == name);
    let (_, table, written) =
        known.unwrap_or_else(|| panic!("PARAMETERS in laws/guards/mod.rs lacks {name}"));
    written(id_of(rows, table).parse().expect("an id"))
}

/// Where a page is, for these rows, one per parameter.
pub(super) fn address(route: &RouteInfo, rows: &[&Rows]) -> String {
    let mut rows = rows.iter().copied();
    let path = with_ids(&route.path, &mut rows);
    match with_ids(sent(route), &mut rows) {
        query if query.is_empty() => path,
        query => format!("{path}?{query}"),
    }
}

/// Asks a route for these rows, one per parameter, as a page of ours would.
async fn ask(actor: &Actor, route: &RouteInfo, own: &[&Rows]) -> Answer {
    let mut rows = own.iter().copied();
    let path = with_ids(&route.path, &mut rows);
    let body = with_ids(sent(route), &mut rows);
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
