//! Only our own pages may write, by POST, for the workshop that they were shown for.
use super::town::Town;
use super::{reads_only, sent, with_ids};
use crate::Violations;
use crate::features::routes_of;
use crate::kit::Answer;
use crate::kit::example::name;
use axum::http::{Request, header};
use gantry::server::app::RouteInfo;

const STRANGERS: [&[(&str, &str)]; 7] = [
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

pub(crate) async fn only_our_own_pages_may_write(feature: &'static str) {
    let (routes, town) = (routes_of(feature), Town::shared().await);
    if routes.is_empty() {
        return;
    }
    let (owner, mut violations) = (town.owner(), Violations::of(feature));
    reads_only(&town.app, &mut violations, async |violations| {
        for route in &routes {
            for method in ["PUT", "PATCH", "DELETE", "TRACE"] {
                let path = with_ids(&route.path, &mut town.own(route).into_iter());
                let answer = owner.ask(method.parse().expect("a method"), &path).await;
                violations.unless(matches!(answer.status.as_u16(), 403..=405), || {
                    format!(
                        "{method} {path}: {}; a route is a page or a form of the manifest",
                        answer.status
                    )
                });
            }
            for headers in STRANGERS.iter().filter(|_| route.method == "POST") {
                let own = town.own(route);
                let mut rows = own.iter().copied();
                let mut request = Request::post(with_ids(&route.path, &mut rows))
                    .header(header::ACCEPT, "text/html")
                    .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
                for (name, value) in *headers {
                    request = request.header(*name, *value);
                }
                let answer = owner
                    .send(request, with_ids(&sent(route), &mut rows).into())
                    .await;
                violations.unless(answer.status == 403, || {
                    format!(
                        "{} with {headers:?}: {}, not 403; add it by the manifest, behind `csrf::same_origin`",
                        name(route),
                        answer.status
                    )
                });
            }
        }
    })
    .await;
    violations.none();
}

/// Forms outside any workshop, or that mean every one.
const ANYWHERE: &[&str] = &["/session/workshop"];

/// Every form of a page says which workshop it was shown for.
pub(super) fn forms_are_marked(town: &Town, route: &RouteInfo, page: &Answer, violations: &mut Violations) {
    let text = page.text();
    let outside = |id: &str| text.contains(&format!("value=\"{}\" form=\"{id}\"", town.nord.org));
    for piece in text.split("<form").skip(1) {
        let (tag, after) = piece.split_once('>').unwrap_or((piece, ""));
        let posts = tag.contains("method=\"post\"");
        let anywhere = |path: &&str| tag.contains(&format!("action=\"{path}\""));
        if !posts || ANYWHERE.iter().any(anywhere) {
            continue;
        }
        let id = tag
            .split_once(" id=\"")
            .and_then(|(_, rest)| rest.split('"').next());
        let marked = after.starts_with("<input type=\"hidden\" name=\"_org\"") || id.is_some_and(outside);
        violations.unless(marked, || {
            format!(
                "{}: <form{tag}> names no workshop; write it as `<Form …>` of src/ui/form",
                route.path
            )
        });
    }
}
