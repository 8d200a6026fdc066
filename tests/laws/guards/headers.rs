//! What stands on every answer, whatever it is.
use super::ask;
use super::town::Town;
use crate::Violations;
use crate::features::routes_of;
use crate::kit::example::name;
use crate::kit::{Answer, TestApp};
use gantry::server::app::RouteInfo;
use std::collections::HashSet;
use std::sync::Mutex;

const EVERYWHERE: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// What no policy of ours may say.
const UNSAFE: &[&str] = &["'unsafe-inline'", "'unsafe-eval'", "http:", "https:", "*"];

/// Of all pages of a run: none comes twice.
static NONCES: Mutex<Option<HashSet<String>>> = Mutex::new(None);

/// What is wrong with an answer's headers.
fn wrong(answer: &Answer) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut unless = |holds: bool, what: &str| {
        if !holds {
            wrong.push(what.to_owned());
        }
    };
    for (name, value) in EVERYWHERE {
        unless(answer.header(name) == *value, name);
    }
    let strict = answer.header("strict-transport-security");
    unless(strict.contains("max-age=31536000"), "strict-transport-security");
    unless(answer.header("x-request-id").len() == 16, "x-request-id");
    let policy = answer.header("content-security-policy");
    let closed = policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'");
    let open = UNSAFE.iter().any(|word| policy.contains(word));
    unless(closed && !open, "content-security-policy");
    let silent = answer.header("server").is_empty() && answer.header("x-powered-by").is_empty();
    unless(silent, "server");
    wrong
}

fn nonce(answer: &Answer) -> Option<String> {
    let (_, rest) = answer.header("content-security-policy").split_once("'nonce-")?;
    Some(rest.split('\'').next()?.to_owned())
}

fn is_new(nonce: String) -> bool {
    let mut all = NONCES.lock().expect("nonces");
    nonce.len() >= 32 && all.get_or_insert_default().insert(nonce)
}

/// Every answer to an owner and to a visitor, sent what a page of ours would send.
pub(crate) async fn every_answer_is_guarded_and_none_fails(feature: &'static str) {
    let mut routes = routes_of(feature);
    routes.retain(|route| route.path != "/sign-out");
    if routes.is_empty() {
        return;
    }
    let town = Town::copy().await;
    let (owner, visitor) = (town.owner(), town.app.visitor());
    let mut violations = Violations::of(feature);
    for route in &routes {
        for (who, actor) in [("an owner", &owner), ("a visitor", &visitor)] {
            let answer = ask(actor, route, &town.own(route)).await;
            let what = format!("{} for {who}", name(route));
            violations.extend(wrong(&answer).into_iter().map(|header| {
                format!("{what}: the header {header}; every answer comes through server::http::router")
            }));
            let kept = answer.header("cache-control");
            let fits = kept == "no-store" || kept == "no-cache" && (who == "a visitor" || is_public(route));
            violations.unless(fits, || {
                format!("{what}: cache-control {kept:?}; what a member sees is stored nowhere")
            });
            if answer.header("content-type").starts_with("text/html") {
                violations.unless(nonce(&answer).is_some_and(is_new), || {
                    format!(
                        "{what}: a nonce is missing or repeated; a page is rendered once for each request"
                    )
                });
            }
            violations.unless(answer.status.as_u16() < 500, || {
                format!(
                    "{what}: {}; the form parses what it is sent, whatever is missing",
                    answer.status
                )
            });
        }
    }
    violations.none();
}

fn is_public(route: &RouteInfo) -> bool {
    route.right == "public"
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_files_and_health_have_the_headers_too() {
    let visitor = TestApp::new().await.visitor();
    for (path, status) in [
        ("/no-such-page", 404),
        ("/robots.txt", 200),
        ("/livez", 200),
        ("/readyz", 200),
        ("/api/nothing", 404),
    ] {
        let answer = visitor.get(path).await;
        assert_eq!(wrong(&answer), Vec::<String>::new(), "{path}");
        assert!(
            answer.status == status || answer.status == 405,
            "{path}: {}",
            answer.status
        );
    }
    let hashed = visitor.get("/pkg/gantry.1.js").await.must(200);
    assert_eq!(wrong(&hashed), Vec::<String>::new(), "a hashed file");
    assert_eq!(
        hashed.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
}

#[test]
fn the_proxys_log_names_no_link_of_a_letter() {
    let site = include_str!("../../../deploy/nginx.conf");
    let hidden = site
        .split_once("~^/(?<letter>")
        .and_then(|(_, rest)| rest.split_once(')'))
        .map(|(names, _)| names.split('|').collect::<Vec<_>>())
        .expect("the map of addresses");
    let routes = gantry::app::product(false).app.routes();
    let secret: std::collections::BTreeSet<_> = routes
        .iter()
        .filter(|route| route.path.contains("{secret}"))
        .filter_map(|route| route.path.split('/').nth(1))
        .collect();
    assert_eq!(
        secret.into_iter().collect::<Vec<_>>(),
        {
            let mut hidden = hidden;
            hidden.sort_unstable();
            hidden
        },
        "addresses with a secret, and those that the map in deploy/nginx.conf shortens: add the missing one there"
    );
    assert!(!site.contains("$http_referer") && !site.contains("$request "));
}
