//! Other people's rows do not exist: the answer for them is, byte for byte, the one for ids that nobody has.
use super::town::Town;
use super::{ask, is_function, nobodys, parameters, written};
use crate::Violations;
use crate::features::routes_of;
use crate::kit::example::name;
use crate::kit::rows::{Rows, Table, fingerprints, tables};
use crate::kit::{Actor, Answer};
use gantry::kernel::Role;
use gantry::server::app::RouteInfo;
use std::collections::BTreeSet;
use uuid::Uuid;

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

/// A form's key is new each time it is shown, in the form and in what an island is given. Rows are named by typed ids, never by this.
fn without_keys(text: &str) -> String {
    ["name=\"key\" value=\"", "&quot;value&quot;:&quot;"]
        .iter()
        .fold(text.to_owned(), |text, mark| {
            let mut pieces = text.split(mark);
            let first = pieces.next().unwrap_or_default().to_owned();
            pieces.fold(first, |kept, piece| {
                let is_key = piece.get(..36).is_some_and(|key| Uuid::try_parse(key).is_ok());
                kept + mark + if is_key { &piece[36..] } else { piece }
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

/// What is to be done where strangers are told more than nothing.
const MEND: &str =
    "its selector or service looks for the row in the scope's transaction and answers `AppError::NotFound`";

/// `own` is what the actor may see; every id of `strangers` has to look like nobody's.
async fn must_look_like_nobodys(
    (who, actor): (&str, &Actor),
    routes: &[RouteInfo],
    (own, strangers): (&Rows, &Rows),
    violations: &mut Violations,
) {
    for route in routes {
        let none = nobodys();
        for (place, (theirs, nobodys)) in tries(route, own, strangers)
            .into_iter()
            .zip(tries(route, own, &none))
            .enumerate()
        {
            let there = ask(actor, route, &theirs).await;
            let nowhere = ask(actor, route, &nobodys).await;
            let what = format!("{} for {who} ({place})", name(route));
            let differs = difference(route, (&there, &theirs), (&nowhere, &nobodys));
            violations.extend(differs.map(|piece| format!("{what}: {piece}; {MEND}")));
            let in_path = place <= route.params.len() && !route.params.is_empty();
            // A right that the actor has not is refused before any row is looked for; an owner has all of them.
            let refused = there.status == 403 && nowhere.status == 403;
            violations.unless(!in_path || there.status == 404 || refused, || {
                format!("{what}: {} instead of 404; {MEND}", there.status)
            });
            // Found nothing, or refused to do anything: never done.
            let done = there.status == 303 || (route.writes && is_function(route) && there.status == 200);
            violations.unless(!done || HARMLESS.contains(&route.path.as_str()), || {
                format!("{what}: done ({}); {MEND}", there.location())
            });
        }
    }
}

/// Where a stranger's id is passed over: a branch that is not the member's chooses none.
const HARMLESS: &[&str] = &["/session/branch"];

/// What the branch does not divide although it names one: customers, vehicles and the workshop's own lists are the whole organization's.
const SHARED: &[&str] = &["customers", "assets", "branches", "members"];

/// Tables that lead to a branch, by a column or by the row that theirs belong to.
fn divided(tables: &[Table]) -> BTreeSet<String> {
    let mut divided: BTreeSet<String> = BTreeSet::new();
    loop {
        let further = tables.iter().filter(|table| {
            let names_one = table.columns.iter().any(|column| column.name.contains("branch"));
            let belongs = |table: &Table| table.tenant_keys().any(|key| divided.contains(&key.parent));
            !divided.contains(&table.name) && (names_one || belongs(table))
        });
        let further: Vec<String> = further.map(|table| table.name.clone()).collect();
        if further.is_empty() {
            return divided;
        }
        divided.extend(further);
    }
}

/// Another branch's rows, without what every branch may see: that is nobody's here.
async fn of_another_branch(town: &Town) -> Rows {
    let divided = divided(&tables(&mut town.app.db_admin().await).await);
    assert!(divided.contains("work_orders") && divided.contains("jobs") && !divided.contains("custom_roles"));
    let (none, mut rows) = (nobodys(), town.west.clone());
    for (table, row) in &none {
        if SHARED.contains(&table.as_str()) || !divided.contains(table) {
            rows.insert(table.clone(), row.clone());
        }
    }
    rows
}

/// For an owner of another workshop, a manager of another branch, and a technician whom the order does not name.
pub(crate) async fn other_peoples_rows_do_not_exist(feature: &'static str) {
    let mut routes = routes_of(feature);
    routes.retain(|route| !parameters(route).is_empty());
    if routes.is_empty() {
        return;
    }
    let town = Town::shared().await;
    let mut violations = Violations::of(feature);
    let mut admin = town.app.db_admin().await;
    let before = fingerprints(&mut admin).await;
    let owner = ("another workshop's owner", &town.owner());
    must_look_like_nobodys(owner, &routes, (&town.main, &town.foreign), &mut violations).await;
    let west = of_another_branch(town).await;
    let manager = ("another branch's manager", &town.of(Role::Manager));
    must_look_like_nobodys(manager, &routes, (&town.main, &west), &mut violations).await;
    for route in routes
        .iter()
        .filter(|route| route.params.first().is_some_and(|name| name == "order"))
    {
        unnamed(town, route, &mut violations).await;
    }
    let after = fingerprints(&mut admin).await;
    violations.unless(after == before, || {
        format!("asking for other people's rows changed something; {MEND}")
    });
    violations.none();
}

async fn unnamed(town: &Town, route: &RouteInfo, violations: &mut Violations) {
    let (theo, none) = (town.unnamed_technician(), nobodys());
    let (theirs, nobodys) = (town.own(route), vec![&none; parameters(route).len()]);
    let there = ask(&theo, route, &theirs).await;
    let nowhere = ask(&theo, route, &nobodys).await;
    let hidden = matches!(there.status.as_u16(), 403 | 404)
        && body(&there, route, &theirs) == body(&nowhere, route, &nobodys);
    violations.unless(hidden, || {
        format!(
            "{} for a technician whom the order does not name: {} and {}; {MEND}",
            name(route),
            there.status,
            nowhere.status
        )
    });
}
