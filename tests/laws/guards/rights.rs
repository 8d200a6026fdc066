//! Whoever lacks a route's right is turned away, and nobody else is.
use super::{Sinners, Town, ask, is_function, routes};
use gantry::kernel::Role;
use gantry::kernel::permission::{OrgPolicy, RIGHTS};
use gantry::server::app::RouteInfo;
use std::collections::BTreeSet;

/// As a new workshop has them.
const SWITCHES: OrgPolicy = OrgPolicy {
    technicians_create: false,
    receptionists_take_payments: true,
};

/// Pages that ask for more than the right of their route.
pub(super) const NARROWER: &[(Role, &str)] = &[
    // Shows prices, which technicians do not see.
    (Role::Technician, "/work-orders/{order}/decisions/{authorization}"),
    // Who prints has to see it.
    (Role::Technician, "/invoices/{invoice}/print"),
    (Role::Technician, "/work-orders/{order}/check-in-sheet/print"),
    (Role::Accountant, "/work-orders/{order}/check-in-sheet/print"),
    (Role::Technician, "/customers/{customer}/history"),
    (Role::Technician, "/vehicles/{asset}/history"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_is_sent_to_sign_in() {
    let town = Town::build().await;
    let mut sinners = Sinners::default();
    for route in routes().iter().filter(|route| route.right != "public") {
        let answer = ask(&town.app.visitor(), route, &town.own(route)).await;
        let fits = if is_function(route) {
            answer.status == 401
        } else {
            answer.status == 303 && answer.location().starts_with("/sign-in?next=")
        };
        sinners.unless(fits, || {
            format!(
                "{} {}: {} {}",
                route.method,
                route.path,
                answer.status,
                answer.location()
            )
        });
    }
    sinners.none();
}

#[tokio::test(flavor = "multi_thread")]
async fn every_role_is_refused_what_it_has_no_right_to() {
    let town = Town::build().await;
    let mut sinners = Sinners::default();
    let mut refusals = 0;
    for (role, actor) in town.people().await {
        for route in routes().iter().filter(|route| route.right != "public") {
            let right = RIGHTS
                .iter()
                .find(|right| right.name == route.right)
                .expect("a right of the matrix");
            if !(right.granted_to)(role, SWITCHES) {
                let answer = ask(&actor, route, &town.own(route)).await;
                sinners.unless(answer.status == 403, || {
                    format!("{role:?}: {} {}: {}", route.method, route.path, answer.status)
                });
                refusals += 1;
            }
        }
    }
    sinners.none();
    assert!(refusals > 10, "only {refusals} refusals");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_role_sees_the_pages_it_has_a_right_to() {
    let town = Town::build().await;
    let mut sinners = Sinners::default();
    // What a secret or a right password opens is nobody's to see without it.
    let seen = |route: &&RouteInfo| {
        route.method == "GET" && route.params != ["secret"] && route.path != "/sign-in/code"
    };
    for (role, actor) in town.people().await {
        for route in routes().iter().filter(seen) {
            let right = RIGHTS.iter().find(|right| right.name == route.right);
            if right.is_none_or(|right| (right.granted_to)(role, SWITCHES)) {
                let answer = ask(&actor, route, &town.own(route)).await;
                let seen =
                    matches!(answer.status.as_u16(), 200 | 303) && !answer.location().starts_with("/sign-in");
                let narrower = NARROWER.contains(&(role, route.path.as_str())) && answer.status == 403;
                sinners.unless(seen || narrower, || {
                    format!(
                        "{role:?}: {}: {} {}",
                        route.path,
                        answer.status,
                        answer.location()
                    )
                });
            }
        }
    }
    sinners.none();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_sent_empty_is_never_our_failure() {
    let town = Town::build().await;
    let mut sinners = Sinners::default();
    let owner = town.nord.owner().await;
    for route in routes()
        .iter()
        .filter(|route| route.method == "POST" && route.path != "/sign-out")
    {
        let answer = ask(&owner, route, &town.own(route)).await;
        sinners.unless(answer.status.as_u16() < 500, || {
            format!("{}: {}", route.path, answer.status)
        });
    }
    sinners.none();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_declared_server_functions_are_the_ones_that_answer() {
    let answering: BTreeSet<(String, String)> = leptos::server_fn::axum::server_fn_paths()
        .map(|(path, method)| (path.to_owned(), method.to_string()))
        .collect();
    let routes = routes();
    let functions = || routes.iter().filter(|route| is_function(route));
    let declared: BTreeSet<(String, String)> = functions()
        .map(|route| (route.path.clone(), route.method.to_owned()))
        .collect();
    assert_eq!(answering, declared);
}

#[test]
fn every_route_has_a_right_of_the_matrix_and_no_twin() {
    let mut seen = BTreeSet::new();
    for route in routes() {
        let known = route.right == "public" || RIGHTS.iter().any(|right| right.name == route.right);
        assert!(known, "{}: {}", route.path, route.right);
        assert!(
            seen.insert((route.method, route.path.clone())),
            "{} {} twice",
            route.method,
            route.path
        );
        assert!(route.method != "GET" || !route.writes, "{} writes", route.path);
    }
}
