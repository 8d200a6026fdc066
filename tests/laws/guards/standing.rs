//! What is left of every route in a workshop that is locked, or that we suspended.
use super::{Sinners, Town, ask, is_function, routes};
use crate::kit::Answer;
use crate::kit::rows::fingerprints;
use chrono::TimeDelta;
use gantry::kernel::Role;
use gantry::server::app::RouteInfo;

/// To be told, and to go elsewhere.
const ALWAYS: &[&str] = &["SeeStanding", "MoveAround"];
/// What an owner of a locked workshop may do.
const OWNERS: &[&str] = &["TakeData", "LeaveGantry"];

fn is_closed(route: &RouteInfo, answer: &Answer) -> bool {
    if route.method == "GET" && !is_function(route) {
        answer.status == 303 && answer.location() == "/standing"
    } else {
        answer.status == 403
    }
}

async fn nobody_but(town: &Town, admitted: impl Fn(Role, &str) -> bool, close: impl AsyncFnOnce()) {
    let people = town.people().await;
    close().await;
    let mut admin = town.app.db_admin().await;
    let before = fingerprints(&mut admin).await;
    let (mut sinners, mut closed) = (Sinners::default(), 0);
    for (role, actor) in people {
        for route in routes().iter().filter(|route| route.right != "public") {
            if ALWAYS.contains(&route.right) {
                continue;
            }
            let answer = ask(&actor, route, &town.own(route)).await;
            let open = admitted(role, route.right);
            // Leaving wants a word, so nothing was done by asking.
            let as_wished = if open {
                answer.status.as_u16() < 400
            } else {
                is_closed(route, &answer)
            };
            let downloads = route.path == "/settings/data/download" || route.path == "/settings/come-back";
            sinners.unless(as_wished || open && downloads, || {
                format!(
                    "{role:?}: {} {}: {} {}",
                    route.method,
                    route.path,
                    answer.status,
                    answer.location()
                )
            });
            closed += usize::from(!open);
        }
        let told = actor.get("/standing").await.must(200);
        assert!(told.shows("The workshop "), "{role:?} is not told");
    }
    sinners.none();
    assert!(closed > 100, "only {closed} routes were closed");
    let after = fingerprints(&mut admin).await;
    for (table, print) in &after {
        // A download is logged.
        let logged = [
            "public.audit_events",
            "public.export_events",
            "auth.audit_chain",
            "auth.audit_heads",
        ];
        assert!(
            before.get(table) == Some(print) || logged.contains(&table.as_str()),
            "{table} changed"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspended_workshop_reaches_nothing() {
    let town = Town::build().await;
    nobody_but(&town, |_, _| false, async || town.nord.db_suspend().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_workshop_leaves_its_owner_the_way_out_and_nobody_else_anything() {
    let town = Town::build().await;
    let long_ago = town.app.now() - TimeDelta::days(68);
    let admitted = |role, right: &str| role == Role::Owner && OWNERS.contains(&right);
    nobody_but(&town, admitted, async || town.nord.db_paid_until(long_ago).await).await;
}
