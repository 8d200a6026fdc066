//! What is left of every route in a workshop that is locked, or that we suspended.
use super::town::Town;
use super::{ask, is_function};
use crate::Violations;
use crate::features::routes_of;
use crate::kit::Answer;
use crate::kit::example::name;
use crate::kit::rows::fingerprints;
use chrono::TimeDelta;
use gantry::kernel::Role;
use gantry::server::app::RouteInfo;
use tokio::sync::OnceCell;

/// To be told, and to go elsewhere.
const ALWAYS: &[&str] = &["SeeStanding", "MoveAround"];
/// What an owner of a locked workshop may do.
const OWNERS: &[&str] = &["TakeData", "LeaveGantry"];

/// A download is logged.
const LOGGED: &[&str] = &[
    "public.audit_events",
    "public.export_events",
    "auth.audit_chain",
    "auth.audit_heads",
];

fn is_closed(route: &RouteInfo, answer: &Answer) -> bool {
    if route.method == "GET" && !is_function(route) {
        answer.status == 303 && answer.location() == "/standing"
    } else {
        answer.status == 403
    }
}

async fn nobody_but(
    (how, town): (&str, &Town),
    feature: &'static str,
    admitted: impl Fn(Role, &str) -> bool,
    violations: &mut Violations,
) {
    let mut admin = town.app.db_admin().await;
    let before = fingerprints(&mut admin).await;
    for (role, actor) in town.people() {
        for route in routes_of(feature)
            .iter()
            .filter(|route| route.right != "public" && !ALWAYS.contains(&route.right))
        {
            let answer = ask(&actor, route, &town.own(route)).await;
            let open = admitted(role, route.right);
            // Leaving wants a word, so nothing was done by asking.
            let as_wished = if open {
                answer.status.as_u16() < 400
            } else {
                is_closed(route, &answer)
            };
            let downloads = route.path == "/settings/data/download" || route.path == "/settings/come-back";
            violations.unless(as_wished || open && downloads, || {
                format!(
                    "{} for {role:?} of a {how} workshop: {} {}; its handler's first argument is `Scope<{}>`",
                    name(route),
                    answer.status,
                    answer.location(),
                    route.right
                )
            });
        }
        if feature == "subscription" {
            let page = actor.get("/standing").await.must(200);
            violations.unless(page.shows("The workshop "), || format!("{role:?} is not told"));
        }
    }
    let after = fingerprints(&mut admin).await;
    for (table, print) in &after {
        let same = before.get(table) == Some(print) || LOGGED.contains(&table.as_str());
        violations.unless(same, || format!("{table} changed in a {how} workshop"));
    }
}

async fn suspended() -> Town {
    let town = Town::copy().await;
    town.nord.db_suspend().await;
    town
}

async fn locked() -> Town {
    let town = Town::copy().await;
    let long_ago = town.app.now() - TimeDelta::days(68);
    town.nord.db_paid_until(long_ago).await;
    town
}

/// A suspended workshop reaches nothing; a locked one leaves its owner the way out and nobody else anything.
pub(crate) async fn a_closed_workshop_is_closed(feature: &'static str) {
    let asked = |route: &RouteInfo| route.right != "public" && !ALWAYS.contains(&route.right);
    if !routes_of(feature).iter().any(asked) && feature != "subscription" {
        return;
    }
    static SUSPENDED: OnceCell<Town> = OnceCell::const_new();
    static LOCKED: OnceCell<Town> = OnceCell::const_new();
    let mut violations = Violations::of(feature);
    let town = SUSPENDED.get_or_init(suspended).await;
    nobody_but(("suspended", town), feature, |_, _| false, &mut violations).await;
    let town = LOCKED.get_or_init(locked).await;
    let admitted = |role, right: &str| role == Role::Owner && OWNERS.contains(&right);
    nobody_but(("locked", town), feature, admitted, &mut violations).await;
    violations.none();
}
