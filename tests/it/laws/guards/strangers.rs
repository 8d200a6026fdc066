//! Other people's rows do not exist: the answer for them is, byte for byte, the one for ids that nobody has.
use super::super::rows::{Rows, fingerprints};
use super::{Town, ask, nobodys, parameters, routes};
use crate::kit::{Actor, Answer};
use gantry::server::http::registry::RouteInfo;

/// The body without what differs from request to request: the nonce of the scripts and the request's own name.
fn body(answer: &Answer) -> String {
    let mut text = answer.text().replace(answer.header("x-request-id"), "REQUEST");
    if let Some((_, rest)) = answer.header("content-security-policy").split_once("'nonce-") {
        text = text.replace(rest.split('\'').next().unwrap_or_default(), "NONCE");
    }
    text
}

/// The parameters' rows to try: strangers in every place, then own rows before a stranger's last one.
fn tries<'r>(route: &RouteInfo, own: &'r Rows, strangers: &'r Rows) -> Vec<Vec<&'r Rows>> {
    let places = parameters(route).len();
    let mut mixed = vec![own; places];
    mixed[places - 1] = strangers;
    let mut tries = vec![vec![strangers; places]];
    if places > 1 {
        tries.push(mixed);
    }
    tries
}

async fn must_look_like_nobodys(actor: &Actor, who: &str, own: &Rows, strangers: &Rows) {
    let mut looked = 0;
    for route in routes().iter().filter(|route| !parameters(route).is_empty()) {
        let none = nobodys();
        for (theirs, nobodys) in tries(route, own, strangers)
            .into_iter()
            .zip(tries(route, own, &none))
        {
            let (there, nowhere) = (
                ask(actor, route, &theirs).await,
                ask(actor, route, &nobodys).await,
            );
            let what = format!("{who}: {} {}", route.method, route.path);
            assert_eq!(nowhere.status.as_u16(), 404, "{what} for an id that nobody has");
            assert_eq!(there.status.as_u16(), 404, "{what}: {}", there.text());
            assert_eq!(body(&there), body(&nowhere), "{what}");
            assert_eq!(there.headers.len(), nowhere.headers.len(), "{what}");
            looked += 1;
        }
    }
    assert!(looked > 5, "only {looked} routes with ids");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_organizations_rows_do_not_exist() {
    let town = Town::build().await;
    let owner = town.nord.owner().await;
    let before = fingerprints(&mut town.app.db_admin().await).await;
    must_look_like_nobodys(&owner, "owner", &town.main, &town.foreign).await;
    assert_eq!(fingerprints(&mut town.app.db_admin().await).await, before);
}

/// What the branch does not divide: customers, vehicles and the workshop's own lists are the whole organization's.
const SHARED: &[&str] = &[
    "customers",
    "assets",
    "branches",
    "members",
    "tax_rates",
    "organization_settings",
];

#[tokio::test(flavor = "multi_thread")]
async fn another_branchs_rows_do_not_exist_for_a_manager_bound_to_his() {
    let town = Town::build().await;
    let manager = town.nord.manager().await;
    let before = fingerprints(&mut town.app.db_admin().await).await;
    let mut divided = town.west.clone();
    for table in SHARED {
        // Shared rows are nobody's here, so that only divided ones are looked for.
        divided.insert((*table).to_owned(), nobodys().remove(*table).unwrap_or_default());
    }
    must_look_like_nobodys(&manager, "manager of main", &town.main, &divided).await;
    assert_eq!(fingerprints(&mut town.app.db_admin().await).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_does_not_name_him_does_not_exist_for_a_technician() {
    let town = Town::build().await;
    let tomas = town.nord.technician("tomas").await;
    for route in routes()
        .iter()
        .filter(|route| parameters(route).first() == Some(&"order"))
    {
        let places = parameters(route).len();
        let none = nobodys();
        let (there, nowhere) = (
            ask(&tomas, route, &vec![&town.main; places]).await,
            ask(&tomas, route, &vec![&none; places]).await,
        );
        assert!(
            matches!(there.status.as_u16(), 403 | 404),
            "{}: {}",
            route.path,
            there.status
        );
        assert_eq!(body(&there), body(&nowhere), "{} {}", route.method, route.path);
    }
}
