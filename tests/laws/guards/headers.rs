//! What stands on every answer, whatever it is.
use super::{Town, ask, routes};
use crate::kit::Answer;
use std::collections::HashSet;

const EVERYWHERE: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// What no policy of ours may say.
const UNSAFE: &[&str] = &["'unsafe-inline'", "'unsafe-eval'", "http:", "https:", "*"];

fn check(what: &str, answer: &Answer) {
    for (name, value) in EVERYWHERE {
        assert_eq!(answer.header(name), *value, "{name} of {what}");
    }
    assert!(
        answer
            .header("strict-transport-security")
            .contains("max-age=31536000"),
        "{what}"
    );
    assert_eq!(answer.header("x-request-id").len(), 16, "{what}");
    let policy = answer.header("content-security-policy");
    assert!(
        policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
        "{what}: {policy}"
    );
    assert!(
        !UNSAFE.iter().any(|word| policy.contains(word)),
        "{what}: {policy}"
    );
    assert!(
        answer.header("server").is_empty() && answer.header("x-powered-by").is_empty(),
        "{what}"
    );
}

fn nonce(answer: &Answer) -> Option<String> {
    let (_, rest) = answer.header("content-security-policy").split_once("'nonce-")?;
    Some(rest.split('\'').next()?.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_has_the_security_headers_and_a_nonce_of_its_own() {
    let town = Town::build().await;
    let (owner, visitor) = (town.nord.owner().await, town.app.visitor());
    let mut nonces = HashSet::new();
    for route in routes() {
        for (who, actor) in [("owner", &owner), ("visitor", &visitor)] {
            if route.path == "/sign-out" {
                continue;
            }
            let answer = ask(actor, &route, &town.own(&route)).await;
            let what = format!("{} {} for {who}", route.method, route.path);
            check(&what, &answer);
            assert!(
                ["no-store", "no-cache"].contains(&answer.header("cache-control")),
                "{what}"
            );
            if answer.header("content-type").starts_with("text/html") {
                let nonce = nonce(&answer).unwrap_or_else(|| panic!("{what} has no nonce"));
                assert!(
                    nonce.len() >= 32 && nonces.insert(nonce),
                    "{what} repeats a nonce"
                );
            }
        }
    }
    assert!(nonces.len() > 5, "only {} pages", nonces.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_member_sees_is_stored_nowhere() {
    let town = Town::build().await;
    let owner = town.nord.owner().await;
    for route in routes().iter().filter(|route| route.right != "public") {
        let answer = ask(&owner, route, &town.own(route)).await;
        assert_eq!(
            answer.header("cache-control"),
            "no-store",
            "{} {}",
            route.method,
            route.path
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_files_and_health_have_the_headers_too() {
    let town = Town::build().await;
    let visitor = town.app.visitor();
    for (path, status) in [
        ("/no-such-page", 404),
        ("/robots.txt", 200),
        ("/livez", 200),
        ("/readyz", 200),
        ("/api/nothing", 404),
    ] {
        let answer = visitor.get(path).await;
        check(path, &answer);
        assert!(
            answer.status == status || answer.status == 405,
            "{path}: {}",
            answer.status
        );
    }
    let hashed = visitor.get("/pkg/gantry.1.js").await.must(200);
    check("a hashed file", &hashed);
    assert_eq!(
        hashed.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
}
