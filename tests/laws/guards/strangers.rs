//! Other people's rows do not exist: the answer for them is, byte for byte, the one for ids that nobody has.
use super::{Sinners, Town, ask, id_of, is_function, nobodys, parameters, routes, written};
use crate::kit::rows::{Rows, fingerprints};
use crate::kit::{Actor, Answer};
use gantry::server::app::RouteInfo;

/// The body without what differs from request to request: the nonce of the scripts, the request's own name, a form's fresh
/// key, and the ids that were asked for.
fn body(answer: &Answer, route: &RouteInfo, rows: &[&Rows]) -> String {
    let mut text = answer.text().replace(answer.header("x-request-id"), "REQUEST");
    if let Some((_, rest)) = answer.header("content-security-policy").split_once("'nonce-") {
        text = text.replace(rest.split('\'').next().unwrap_or_default(), "NONCE");
    }
    text = without_keys(&text);
    for (name, rows) in parameters(route).iter().zip(rows) {
        text = text.replace(&written(name, rows), "ID");
    }
    text
}

/// A form's key is new each time it is shown, in the form and in what an island is given.
fn without_keys(text: &str) -> String {
    ["name=\"key\" value=\"", "form_key&quot;:&quot;"]
        .iter()
        .fold(text.to_owned(), |text, mark| {
            let mut pieces = text.split(mark);
            let first = pieces.next().unwrap_or_default().to_owned();
            pieces.fold(first, |kept, piece| {
                kept + "KEY" + piece.get(36..).unwrap_or_default()
            })
        })
}

/// Where the answer for somebody's rows differs from the one for nobody's, byte for byte.
pub(super) fn difference(
    route: &RouteInfo,
    (there, theirs): (&Answer, &[&Rows]),
    (nowhere, nobodys): (&Answer, &[&Rows]),
) -> Option<String> {
    let (one, other) = (body(there, route, theirs), body(nowhere, route, nobodys));
    let same = one == other && there.headers.len() == nowhere.headers.len() && there.status == nowhere.status;
    (!same).then(|| {
        let at = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
        let piece: String = one.chars().skip(at.saturating_sub(60)).take(120).collect();
        let (is, was) = (there.status, nowhere.status);
        format!("differs from nobody's ({is}, {was}) near: {piece}")
    })
}

/// The parameters' rows to try: strangers in every place, then a stranger in each single place among own rows.
fn tries<'r>(route: &RouteInfo, own: &'r Rows, strangers: &'r Rows) -> Vec<Vec<&'r Rows>> {
    let places = parameters(route).len();
    let mut tries = vec![vec![strangers; places]];
    if places > 1 {
        tries.extend((0..places).map(|place| {
            let mut mixed = vec![own; places];
            mixed[place] = strangers;
            mixed
        }));
    }
    tries
}

/// `own` is what the actor may see; every id of `strangers` has to look like nobody's.
async fn must_look_like_nobodys(actor: &Actor, own: &Rows, strangers: &Rows) {
    let (mut looked, mut sinners) = (0, Sinners::default());
    for route in routes().iter().filter(|route| !parameters(route).is_empty()) {
        let none = nobodys();
        for (place, (theirs, nobodys)) in tries(route, own, strangers)
            .into_iter()
            .zip(tries(route, own, &none))
            .enumerate()
        {
            let there = ask(actor, route, &theirs).await;
            let nowhere = ask(actor, route, &nobodys).await;
            let what = format!("{} {} ({place})", route.method, route.path);
            let told = difference(route, (&there, &theirs), (&nowhere, &nobodys));
            sinners.add(told.map(|piece| format!("{what}: {piece}")));
            let in_path = place <= route.params.len() && !route.params.is_empty();
            // A right that the actor has not is refused before any row is looked for; an owner has all of them.
            let refused = there.status == 403 && nowhere.status == 403;
            sinners.unless(!in_path || there.status == 404 || refused, || {
                format!("{what}: {} instead of 404", there.status)
            });
            // Found nothing, or refused to do anything: never done.
            let done = there.status == 303 || (route.writes && is_function(route) && there.status == 200);
            sinners.unless(!done || HARMLESS.contains(&route.path.as_str()), || {
                format!("{what}: done ({})", there.location())
            });
            looked += 1;
        }
    }
    sinners.none();
    assert!(looked > 5, "only {looked} routes with ids");
}

/// Where a stranger's id is passed over: a branch that is not the member's chooses none.
const HARMLESS: &[&str] = &["/session/branch"];

#[tokio::test(flavor = "multi_thread")]
async fn another_organizations_rows_do_not_exist() {
    let town = Town::build().await;
    let owner = town.nord.owner().await;
    let before = fingerprints(&mut town.app.db_admin().await).await;
    must_look_like_nobodys(&owner, &town.main, &town.foreign).await;
    assert_eq!(fingerprints(&mut town.app.db_admin().await).await, before);
}

/// What the branch does not divide: customers, vehicles and the workshop's own lists are the whole organization's.
const SHARED: &[&str] = &["customers", "assets", "branches", "members"];

#[tokio::test(flavor = "multi_thread")]
async fn another_branchs_rows_do_not_exist_for_a_manager_bound_to_theirs() {
    let town = Town::build().await;
    let manager = town.nord.manager().await;
    let before = fingerprints(&mut town.app.db_admin().await).await;
    let mut divided = town.west.clone();
    let none = nobodys();
    for table in SHARED {
        // Shared rows are nobody's here, so that only divided ones are looked for.
        divided.insert((*table).to_owned(), none[*table].clone());
    }
    must_look_like_nobodys(&manager, &town.main, &divided).await;
    assert_eq!(fingerprints(&mut town.app.db_admin().await).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_does_not_name_them_does_not_exist_for_a_technician() {
    let town = Town::build().await;
    let tomas = town.nord.technician("tomas").await;
    let (none, mut sinners) = (nobodys(), Sinners::default());
    assert_ne!(id_of(&none, "work_orders"), id_of(&town.main, "work_orders"));
    for route in routes()
        .iter()
        .filter(|route| route.params.first().is_some_and(|name| name == "order"))
    {
        let (theirs, nobodys) = (town.own(route), vec![&none; parameters(route).len()]);
        let (there, nowhere) = (
            ask(&tomas, route, &theirs).await,
            ask(&tomas, route, &nobodys).await,
        );
        let hidden = matches!(there.status.as_u16(), 403 | 404)
            && body(&there, route, &theirs) == body(&nowhere, route, &nobodys);
        sinners.unless(hidden, || {
            format!(
                "{} {}: {} and {}",
                route.method, route.path, there.status, nowhere.status
            )
        });
    }
    sinners.none();
}
