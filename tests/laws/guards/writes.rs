//! Reading never writes, and only our own pages may write.
use super::{Sinners, Town, ask, routes, sent, with_ids};
use crate::kit::rows::fingerprints;
use axum::http::{Request, header};

#[tokio::test(flavor = "multi_thread")]
async fn a_get_never_writes() {
    let town = Town::build().await;
    let people = town.people().await;
    let mut admin = town.app.db_admin().await;
    let before = fingerprints(&mut admin).await;
    for (_, actor) in people {
        for route in routes().iter().filter(|route| route.method == "GET") {
            ask(&actor, route, &town.own(route)).await;
            ask(&town.app.visitor(), route, &town.own(route)).await;
        }
    }
    let after = fingerprints(&mut admin).await;
    for (table, print) in &after {
        assert_eq!(before.get(table), Some(print), "{table} changed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_our_own_pages_may_write() {
    let town = Town::build().await;
    let owner = town.nord.owner().await;
    let mut admin = town.app.db_admin().await;
    let before = fingerprints(&mut admin).await;
    let mut sinners = Sinners::default();
    let strangers: [&[(&str, &str)]; 7] = [
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "none")],
        &[
            ("sec-fetch-site", "cross-site"),
            ("origin", "http://127.0.0.1:3000"),
        ],
        &[("origin", "http://evil.test")],
        &[("origin", "null")],
        &[],
    ];
    for route in routes().iter().filter(|route| route.method == "POST") {
        for headers in strangers {
            let own = town.own(route);
            let mut rows = own.iter().copied();
            let mut request = Request::post(with_ids(&route.path, &mut rows))
                .header(header::ACCEPT, "text/html")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let answer = owner
                .send(request, with_ids(&sent(route), &mut rows).into())
                .await;
            sinners.unless(answer.status == 403, || {
                format!("{} with {headers:?}: {}", route.path, answer.status)
            });
        }
    }
    sinners.none();
    assert_eq!(fingerprints(&mut admin).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_other_method_is_refused_everywhere() {
    let town = Town::build().await;
    let owner = town.nord.owner().await;
    for route in routes() {
        for method in ["PUT", "PATCH", "DELETE", "TRACE"] {
            let path = with_ids(&route.path, &mut town.own(&route).into_iter());
            let answer = owner.ask(method.parse().expect("a method"), &path).await;
            assert!(
                matches!(answer.status.as_u16(), 403..=405),
                "{method} {path}: {}",
                answer.status
            );
        }
    }
}

/// Forms outside any workshop, or that mean every one.
const ANYWHERE: &[&str] = &["/session/workshop"];

#[tokio::test(flavor = "multi_thread")]
async fn every_form_of_a_signed_in_page_says_which_workshop_it_was_shown_for() {
    let town = Town::build().await;
    let owner = town.nord.owner().await;
    let (mut sinners, mut forms) = (Sinners::default(), 0);
    for route in routes()
        .iter()
        .filter(|route| route.method == "GET" && route.right != "public" && route.path != "/events")
    {
        let text = ask(&owner, route, &town.own(route)).await.text();
        let outside = |id: &str| text.contains(&format!("value=\"{}\" form=\"{id}\"", town.nord.org));
        for piece in text.split("<form").skip(1) {
            let (tag, after) = piece.split_once('>').unwrap_or((piece, ""));
            let posts = tag.contains("method=\"post\"");
            if !posts
                || ANYWHERE
                    .iter()
                    .any(|path| tag.contains(&format!("action=\"{path}\"")))
            {
                continue;
            }
            let id = tag
                .split_once(" id=\"")
                .and_then(|(_, rest)| rest.split('"').next());
            let marked = after.starts_with("<input type=\"hidden\" name=\"_org\"") || id.is_some_and(outside);
            sinners.unless(marked, || format!("{}: <form{tag}>", route.path));
            forms += 1;
        }
    }
    sinners.none();
    assert!(forms > 50, "only {forms} forms");
}
