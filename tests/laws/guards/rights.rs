//! Whoever lacks a route's right is turned away, and nobody else is.
use super::town::Town;
use super::{ask, is_function, reads_only, routes};
use crate::Violations;
use crate::features::routes_of;
use crate::kit::example::name;
use crate::kit::{Actor, Answer};
use gantry::kernel::Role;
use gantry::kernel::permission::{OrgPolicy, Right};
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

/// Whether the table of rights gives it; what is public is everybody's.
fn may(route: &RouteInfo, role: Role) -> bool {
    Right::find(route.right).is_none_or(|right| (right.granted_to)(role, SWITCHES))
}

/// A visitor signs in first, a member without the right is told so, and all others see their pages. Nothing is written by it.
pub(crate) async fn rights_decide(feature: &'static str) {
    let (routes, town) = (routes_of(feature), Town::shared().await);
    if routes.is_empty() {
        return;
    }
    let mut violations = Violations::of(feature);
    reads_only(&town.app, &mut violations, async |violations| {
        for route in &routes {
            visitor(town, route, violations).await;
            for (role, actor) in town.people() {
                member(town, (role, &actor), route, violations).await;
            }
        }
    })
    .await;
    violations.none();
}

async fn visitor(town: &Town, route: &RouteInfo, violations: &mut Violations) {
    let public = route.right == "public";
    if public && route.method != "GET" {
        return;
    }
    let answer = ask(&town.app.visitor(), route, &town.own(route)).await;
    let fits = match is_function(route) {
        true => answer.status == 401,
        false => answer.status == 303 && answer.location().starts_with("/sign-in?next="),
    };
    violations.unless(public || fits, || {
        format!(
            "{} for a visitor: {} {}, not led to sign in; its handler's first argument is `Scope<{}>`",
            name(route),
            answer.status,
            answer.location(),
            route.right
        )
    });
}

async fn member(town: &Town, (role, actor): (Role, &Actor), route: &RouteInfo, violations: &mut Violations) {
    let may = may(route, role);
    if may && route.method != "GET" {
        return;
    }
    let answer = ask(actor, route, &town.own(route)).await;
    let example = || {
        format!(
            "{} for {role:?}: {} {}",
            name(route),
            answer.status,
            answer.location()
        )
    };
    if !may {
        violations.unless(answer.status == 403, || {
            format!(
                "{}, not refused; src/kernel/permission.rs gives `{}` to others only",
                example(),
                route.right
            )
        });
        return;
    }
    violations.unless(is_seen(route, &answer) || is_narrower(role, route, &answer), || {
        format!(
            "{}, although it has the right `{}`; give the page what it shows, or name it in NARROWER (laws/guards/rights.rs)",
            example(),
            route.right
        )
    });
    if role == Role::Owner && route.right != "public" && route.path != "/events" {
        super::writes::forms_are_marked(town, route, &answer, violations);
    }
}

/// What a secret or a right password opens is nobody's to see without it.
fn is_seen(route: &RouteInfo, answer: &Answer) -> bool {
    route.params == ["secret"]
        || route.path == "/sign-in/code"
        || matches!(answer.status.as_u16(), 200 | 303) && !answer.location().starts_with("/sign-in")
}

fn is_narrower(role: Role, route: &RouteInfo, answer: &Answer) -> bool {
    NARROWER.contains(&(role, route.path.as_str())) && answer.status == 403
}

#[tokio::test(flavor = "multi_thread")]
async fn the_declared_server_functions_are_the_ones_that_answer() {
    let answering: BTreeSet<(String, String)> = leptos::server_fn::axum::server_fn_paths()
        .map(|(path, method)| (path.to_owned(), method.to_string()))
        .collect();
    let routes = routes();
    let functions = routes.iter().filter(|route| is_function(route));
    let declared: BTreeSet<(String, String)> = functions
        .map(|route| (route.path.clone(), route.method.to_owned()))
        .collect();
    assert_eq!(
        answering, declared,
        "the server functions of all api.rs, and those that manifests name by `.server_function::<F, Right>(writes)`"
    );
}

#[test]
fn every_route_has_a_right_of_the_matrix_and_no_twin() {
    let mut seen = BTreeSet::new();
    for route in routes() {
        let known = route.right == "public" || Right::find(route.right).is_some();
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

/// The laws of each feature ask for something.
#[test]
fn there_are_refusals_and_rows_to_ask_for() {
    let routes = routes();
    let refused = routes
        .iter()
        .map(|route| Role::ALL.iter().filter(|role| !may(route, **role)).count());
    assert!(refused.sum::<usize>() > 200);
    let of_rows = routes.iter().filter(|route| !super::parameters(route).is_empty());
    assert!(of_rows.count() > 60);
    assert!(routes.iter().filter(|route| route.writes).count() > 80);
    assert!(
        routes
            .iter()
            .filter(|route| route.writes && is_function(route))
            .count()
            > 0
    );
}
