//! What a page costs: statements, round trips, bytes, and no script where nothing reacts. Every page of the product is opened by
//! everybody who may, once with one row of everything and once with full lists.
use super::features::routes_of;
use super::guards::{address, parameters};
use super::{Violations, assert_none};
use crate::kit::bulk::{self, Size};
use crate::kit::rows::{Rows, fill};
use crate::kit::{Actor, Answer, TestApp, Workshop};
use axum::body::Body;
use axum::http::{Request, header};
use gantry::kernel::Role;
use gantry::kernel::permission::{OrgPolicy, RIGHTS};
use gantry::server::app::RouteInfo;
use std::collections::BTreeSet;
use tokio::sync::OnceCell;

const STATEMENTS: u32 = 12;
const ROUND_TRIPS: u32 = 6;
/// Of the HTML, as it travels.
const BYTES: usize = 40_000;

/// As a new workshop has them.
const SWITCHES: OrgPolicy = OrgPolicy {
    technicians_create: false,
    receptionists_take_payments: true,
};

/// Pages with a table that has no further page, and why.
const WHOLE_TABLES: &[(&str, &str)] = &[
    ("/account", "an account's open sessions, fifty at most"),
    ("/settings/roles", "a row for each right, a column for each role"),
    ("/settings/members", "everybody who works here, and who left"),
    ("/settings/support", "the latest grants, twenty at most"),
    (
        "/settings/branches",
        "a workshop's branches, which it pays for one by one",
    ),
];

/// One row of everything, and full lists.
struct Full {
    nord: Workshop,
    one: Rows,
    full: Rows,
    people: Vec<(String, Option<Role>, Actor)>,
}

impl Full {
    /// The one of all laws that change nothing, which run in [`crate::features::RUNTIME`].
    async fn shared() -> &'static Self {
        static SHARED: OnceCell<Full> = OnceCell::const_new();
        SHARED.get_or_init(Self::build).await
    }

    async fn build() -> Self {
        let nord = TestApp::new().await.workshop("nord").await;
        bulk::fill(&nord, Size::PAGES).await;
        let one = fill(&mut nord.db().await, nord.org.uuid(), nord.main.id.uuid()).await;
        Self {
            people: people(&nord).await,
            full: bulk::fullest(&nord, Size::PAGES, &one).await,
            one,
            nord,
        }
    }
}

/// Everybody, with how to tell whether a right is theirs.
async fn people(nord: &Workshop) -> Vec<(String, Option<Role>, Actor)> {
    let people = [
        (Role::Owner, nord.owner().await),
        (Role::Manager, nord.manager().await),
        (Role::Receptionist, nord.receptionist().await),
        (Role::Technician, bulk::technician(nord).await),
        (Role::Accountant, nord.accountant().await),
        (Role::Viewer, nord.viewer().await),
    ];
    let mut all: Vec<_> = people
        .into_iter()
        .map(|(role, actor)| (format!("{role:?}"), Some(role), actor))
        .collect();
    all.push(("a visitor".to_owned(), None, nord.app().visitor()));
    all
}

fn may(route: &RouteInfo, role: Option<Role>) -> bool {
    let right = RIGHTS.iter().find(|right| right.name == route.right);
    match (right, role) {
        (Some(right), Some(role)) => (right.granted_to)(role, SWITCHES),
        (Some(_), None) => false,
        // Public pages lead those away who are signed in.
        (None, role) => role.is_none(),
    }
}

/// What is wrong with a page's answer.
fn breaches(page: &Answer, compressed: usize) -> Vec<String> {
    let (statements, trips) = page.effort();
    let mut breaches = Vec::new();
    if statements > STATEMENTS || trips > ROUND_TRIPS {
        breaches.push(format!("{statements} statements in {trips} round trips"));
    }
    if compressed > BYTES {
        breaches.push(format!("{compressed} bytes"));
    }
    let html = page.text();
    let (reacts, loads) = (html.contains("<leptos-island"), loads_script(&html));
    if loads && !reacts {
        breaches.push("loads the browser's part although nothing reacts".to_owned());
    }
    if reacts && !loads {
        breaches.push("holds an island that nothing wakes".to_owned());
    }
    breaches
}

/// Rules for prefetching are no script: nothing is run. The bundle comes with the address of its WebAssembly; the script by itself prints, or tells the time zone.
fn loads_script(html: &str) -> bool {
    let scripts = html
        .split("<script")
        .skip(1)
        .filter_map(|rest| rest.split("</script>").next())
        .any(|script| {
            !script.starts_with(" type=\"speculationrules\"")
                && (!script.starts_with(" type=\"module\" src=\"/pkg/in_place.") || !script.ends_with('>'))
        });
    scripts || html.contains(".wasm") || html.contains("modulepreload")
}

/// A list that is not full says nothing about a full one.
fn is_unfilled_list(route: &RouteInfo, page: &Answer) -> bool {
    let html = page.text();
    route.params.is_empty() && html.contains("<table") && !html.contains("rel=\"next\"")
}

async fn open(actor: &Actor, path: &str, encoding: &str) -> Answer {
    let request = Request::get(path)
        .header(header::ACCEPT, "text/html")
        .header(header::ACCEPT_ENCODING, encoding);
    actor.send(request, Body::empty()).await
}

pub(crate) async fn every_page_keeps_its_budget(feature: &'static str) {
    let mut pages = routes_of(feature);
    pages.retain(|route| route.method == "GET");
    if pages.is_empty() {
        return;
    }
    let town = Full::shared().await;
    let (mut violations, mut opened, mut unfilled) = (Violations::of(feature), BTreeSet::new(), Vec::new());
    for (who, role, actor) in &town.people {
        let actor = actor.copied_to(town.nord.app());
        for route in pages.iter().filter(|route| may(route, *role)) {
            for (rows, full) in [(&town.one, false), (&town.full, true)] {
                let path = address(route, &vec![rows; parameters(route).len()]);
                let page = open(&actor, &path, "identity").await;
                violations.unless(page.status.as_u16() < 500, || format!("{path}: {}", page.status));
                if page.status != 200 || !page.header("content-type").starts_with("text/html") {
                    continue;
                }
                opened.insert(route.path.clone());
                let what = format!("{} for {who}{}", route.path, if full { ", full" } else { "" });
                let size = size(&actor, &path, &page).await;
                violations.extend(
                    breaches(&page, size)
                        .into_iter()
                        .map(|breach| format!("{what}: {breach}")),
                );
                if full && *role == Some(Role::Owner) && is_unfilled_list(route, &page) {
                    unfilled.push(route.path.clone());
                }
            }
        }
    }
    for route in pages
        .iter()
        .filter(|route| !NO_PAGES.contains(&route.path.as_str()))
    {
        violations.unless(opened.contains(&route.path), || {
            format!(
                "{}: nobody saw it; give its right to a role, or rows to it in tests/kit/src/bulk.sql",
                route.path
            )
        });
    }
    violations.none();
    let own = |(path, _): &&(&str, &str)| pages.iter().any(|route| route.path == *path);
    let excepted: Vec<_> = WHOLE_TABLES.iter().filter(own).copied().collect();
    assert_none(
        "a list without a full page; tests/kit/src/bulk.sql makes its rows",
        unfilled,
        &excepted,
    );
}

/// Of a page as it travels. One that fits as it is fits compressed.
async fn size(actor: &Actor, path: &str, page: &Answer) -> usize {
    if page.body.len() <= BYTES {
        return page.body.len();
    }
    let compressed = open(actor, path, "br").await;
    assert_eq!(compressed.header("content-encoding"), "br", "{path}");
    compressed.body.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_travel_compressed() {
    let visitor = TestApp::new().await.visitor();
    let page = open(&visitor, "/sign-up", "br").await.must(200);
    assert_eq!(page.header("content-encoding"), "br");
}

/// What answers GET without a page.
const NO_PAGES: &[&str] = &[
    "/events",
    // Doors that open for a letter's secret, a right password or a tablet; their own tests see them.
    "/invite/{secret}",
    "/reset/{secret}",
    "/verify/{secret}",
    "/sign-in/code",
    "/switch",
];

mod teeth {
    use super::*;
    use axum::http::{HeaderMap, HeaderValue, StatusCode};

    fn page(timing: &'static str, html: &str) -> Answer {
        let mut headers = HeaderMap::new();
        headers.insert("server-timing", HeaderValue::from_static(timing));
        Answer {
            status: StatusCode::OK,
            headers,
            body: html.into(),
        }
    }

    const CHEAP: &str = "statements;desc=\"12\", trips;desc=\"6\"";

    #[test]
    fn a_dear_page_is_seen() {
        assert_eq!(breaches(&page(CHEAP, "<p>"), BYTES), Vec::<String>::new());
        let many = page("statements;desc=\"13\", trips;desc=\"6\"", "");
        assert_eq!(breaches(&many, 0), ["13 statements in 6 round trips"]);
        let slow = page("statements;desc=\"9\", trips;desc=\"7\"", "");
        assert_eq!(breaches(&slow, 0), ["9 statements in 7 round trips"]);
        assert_eq!(breaches(&page(CHEAP, ""), BYTES + 1), ["40001 bytes"]);
    }

    #[test]
    fn the_script_without_the_bundle_is_no_browsers_part() {
        let script = "<script type=\"module\" src=\"/pkg/in_place.1.js\" nonce=\"x\"></script>";
        assert_eq!(breaches(&page(CHEAP, script), 0), Vec::<String>::new());
        for more in [
            script.replace(" nonce", " data-wasm=\"/pkg/x.wasm\" nonce"),
            script.replace("></", ">print()</"),
            "<script type=\"module\">print()</script>".to_owned(),
        ] {
            assert_eq!(breaches(&page(CHEAP, &more), 0).len(), 1, "{more}");
        }
    }

    #[test]
    fn a_script_without_an_island_is_seen_and_an_island_without_its_script() {
        for script in [
            "<script src=\"/x.js\">",
            "<link rel=\"modulepreload\" href=\"/x.js\">",
            "/pkg/x.wasm",
        ] {
            let silent = page(CHEAP, script);
            assert_eq!(breaches(&silent, 0).len(), 1, "{script}");
            let alive = page(CHEAP, &format!("{script}<leptos-island>"));
            assert_eq!(breaches(&alive, 0), Vec::<String>::new(), "{script}");
        }
        assert_eq!(breaches(&page(CHEAP, "<leptos-island>"), 0).len(), 1);
    }
}
