//! The laws of routes and forms, feature by feature: `cargo test --features ssr --test laws -- features::customers` is what a developer
//! of customers runs. The features are those of `src/features/mod.rs`, their examples stand beside their tests.
use crate::Violations;
use gantry::app::product;
use gantry::server::app::RouteInfo;
use kit::example::{self, Examples};
use kit::is_function;
use std::sync::LazyLock;
use tokio::runtime::Runtime;

/// One for all laws that change nothing, so that they share what they ask.
pub(crate) static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));

macro_rules! laws {
    ($($feature:ident)*; $($in_development:ident)*) => {$(
        mod $feature {
            use super::RUNTIME;

            const NAME: &str = stringify!($feature);

            #[test]
            fn every_form_has_an_example() {
                super::every_form_has_an_example(NAME);
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn no_form_answers_garbage_with_a_failure() {
                crate::guards::garbage::no_form_and_no_question_answers_garbage_with_a_failure(NAME).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn every_write_is_told_and_a_read_only_workshop_keeps_what_it_has() {
                crate::audit_coverage::every_write_is_told(NAME).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn everybody_gets_what_the_matrix_says() {
                crate::guards::matrix::everybody_gets_what_the_matrix_says(NAME).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn every_answer_is_guarded_and_none_fails() {
                crate::guards::headers::every_answer_is_guarded_and_none_fails(NAME).await;
            }

            #[test]
            fn other_peoples_rows_do_not_exist() {
                RUNTIME.block_on(crate::guards::strangers::other_peoples_rows_do_not_exist(NAME));
            }

            #[test]
            fn rights_decide() {
                RUNTIME.block_on(crate::guards::rights::rights_decide(NAME));
            }

            #[test]
            fn only_our_own_pages_may_write() {
                RUNTIME.block_on(crate::guards::writes::only_our_own_pages_may_write(NAME));
            }

            #[test]
            fn a_closed_workshop_is_closed() {
                RUNTIME.block_on(crate::guards::org_state::a_closed_workshop_is_closed(NAME));
            }

            #[test]
            fn every_page_keeps_its_budget() {
                RUNTIME.block_on(crate::budget::every_page_keeps_its_budget(NAME));
            }
        }
    )*};
}
gantry::every_feature!(laws);

/// The routes that a feature's manifest names.
pub(crate) fn routes_of(feature: &str) -> Vec<RouteInfo> {
    let mut routes = product(false).app.routes();
    routes.retain(|route| route.feature == feature);
    routes
}

fn every_form_has_an_example(feature: &'static str) {
    let mut violations = Violations::of(feature);
    violations.extend(missing(&routes_of(feature), feature, Examples::every()));
    violations.none();
}

/// Forms and functions of a feature without an example, and examples that are none of its routes' or not the only one.
fn missing<'e>(routes: &[RouteInfo], feature: &str, all: impl Iterator<Item = &'e Examples>) -> Vec<String> {
    let place = format!("tests/it/{feature}/examples.rs");
    let own: Vec<&str> = all
        .filter(|examples| examples.feature() == feature)
        .flat_map(|examples| examples.all.iter().map(|example| example.route))
        .collect();
    let count = |route: &str| own.iter().filter(|known| **known == route).count();
    let mut found = Vec::new();
    for route in routes
        .iter()
        .filter(|route| route.method == "POST" || is_function(route))
    {
        let name = example::name(route);
        match count(&name) {
            0 => found.push(format!(
                "{name} has no example; add `\"{name}\", \"<its fields, as in an address>\";` to {place}"
            )),
            1 => {}
            _ => found.push(format!("{name} has several examples in {place}; keep one")),
        }
    }
    let strange = own
        .iter()
        .filter(|known| !routes.iter().any(|route| example::name(route) == **known));
    found.extend(strange.map(|known| format!("{known} in {place} is no route of this feature; take it out")));
    found
}

#[test]
fn a_missing_example_a_second_one_and_one_of_no_route_are_seen() {
    let routes = routes_of("customers");
    let own = || Examples::every().filter(|examples| examples.feature() == "customers");
    assert_eq!(missing(&routes, "customers", own()), Vec::<String>::new());
    let forms = routes.iter().filter(|route| route.method == "POST").count();
    assert_eq!(missing(&routes, "customers", [].into_iter()).len(), forms);
    assert_eq!(missing(&routes, "customers", own().chain(own())).len(), forms);
    assert_eq!(missing(&routes[..0], "customers", own()).len(), forms);
}

#[test]
fn every_route_belongs_to_a_feature() {
    for route in product(true).app.routes() {
        assert_ne!(route.feature, "", "{} {}", route.method, route.path);
    }
}
