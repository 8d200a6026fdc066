//! Every route of the product, found by itself: who is turned away, whose rows do not exist, what never writes.
pub(crate) mod garbage;
pub(crate) mod headers;
pub(crate) mod matrix;
pub(crate) mod org_state;
pub(crate) mod rights;
pub(crate) mod strangers;
mod town;
pub(crate) mod writes;

use crate::Violations;
use crate::kit::example::{self, Example};
use crate::kit::rows::{Rows, fingerprints};
use crate::kit::{Actor, Answer, TestApp, is_function};
use axum::body::Body;
use axum::http::{Request, header};
use gantry::app::product;
use gantry::kernel::ids::ID_KINDS;
use gantry::server::app::RouteInfo;
use uuid::Uuid;

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

/// Work that changes nothing in any table.
async fn reads_only(app: &TestApp, violations: &mut Violations, work: impl AsyncFnOnce(&mut Violations)) {
    let mut admin = app.db_admin().await;
    let before = fingerprints(&mut admin).await;
    work(violations).await;
    let after = fingerprints(&mut admin).await;
    for (table, print) in &after {
        violations.unless(before.get(table) == Some(print), || {
            format!("{table} changed by what only reads or is refused; a page's handler writes nothing")
        });
    }
}
