//! Whatever anybody changes is told by the trail, in the same transaction: every route that writes has a story here in which it
//! succeeds. With the trail's rows refused it changes nothing at all; with them it leaves at least one.
mod closed;
mod stories;

use super::guards::routes;
use crate::kit::rows::fingerprints;
use crate::kit::{Actor, Answer, TestApp, is_function};
use axum::http::{Request, header};
use gantry::app::product;
use gantry::server::app::RouteInfo;
use sqlx::{AssertSqlSafe, Executor, PgConnection};
use std::collections::BTreeMap;
use stories::Stage;

/// What changes nothing of the workshop's.
const UNTOLD: &[(&str, &str)] = &[
    ("POST /session/theme", "a cookie of the browser"),
    (
        "POST /session/branch",
        "which branch is in view: nobody else's screen changes",
    ),
    (
        "POST /forgot",
        "anybody may ask for the letter, whoever they are; the new password is told",
    ),
    (
        "POST /account/confirm",
        "leads on to what is told; the password was counted as a guess",
    ),
    (
        "POST /account/confirm-address",
        "asks for a letter; the confirmation is told",
    ),
    (
        "POST /account/second-factor/begin",
        "counts for nothing before it is confirmed, which is told",
    ),
];

/// Guesses are counted before anybody knows what becomes of them.
const COUNTED_APART: &[&str] = &[
    "auth.sign_in_attempts",
    "auth.sign_up_attempts",
    "auth.sign_ins",
    "auth.turns",
];

/// Who sends what, where.
struct Story {
    who: Actor,
    path: String,
    fields: Vec<(String, String)>,
}

async fn act(story: &Story) -> Answer {
    let (api, form) = (
        story.path.starts_with("/api/"),
        serde_urlencoded::to_string(&story.fields).expect("a form"),
    );
    let request = Request::post(&story.path)
        .header(header::ACCEPT, if api { "application/json" } else { "text/html" })
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin");
    story.who.send(request, form.into()).await
}

async fn run(db: &mut PgConnection, statements: &str) {
    db.execute(sqlx::raw_sql(AssertSqlSafe(statements.to_owned())))
        .await
        .expect("statements");
}

/// Everything that a deed might change.
async fn everything(db: &mut PgConnection) -> BTreeMap<String, String> {
    let mut prints = fingerprints(db).await;
    prints.retain(|table, _| !COUNTED_APART.contains(&table.as_str()));
    prints
}

fn name(route: &RouteInfo) -> String {
    match route.path.strip_prefix("/api/") {
        Some(function) => function.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned(),
        None => format!("{} {}", route.method, route.path),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_write_tells_the_trail_in_its_own_transaction() {
    let app = TestApp::new().await;
    let stage = Stage::build(&app).await;
    let mut admin = app.db_admin().await;
    run(
        &mut admin,
        "create function public.deaf() returns trigger language plpgsql as $$ begin raise exception 'the trail is full'; end $$;
         create trigger deaf before insert on audit_events for each statement execute function public.deaf();
         alter table audit_events disable trigger deaf",
    )
    .await;
    let mut sinners = Vec::new();
    let mut told = 0;
    for route in routes().iter().filter(|route| route.writes) {
        let name = name(route);
        let story = stage.story(&name, route).await;
        let untold = UNTOLD.iter().any(|(known, _)| *known == name);
        run(&mut admin, "alter table audit_events enable trigger deaf").await;
        let before = everything(&mut admin).await;
        let refused = act(&story).await;
        let kept = everything(&mut admin).await == before;
        run(&mut admin, "alter table audit_events disable trigger deaf").await;
        if !untold && (refused.status.as_u16() < 500 || !kept) {
            sinners.push(format!(
                "{name}: {} although the trail was full, unchanged: {kept}",
                refused.status
            ));
        }
        let done = act(&story).await;
        if !matches!(done.status.as_u16(), 200 | 303) {
            sinners.push(format!(
                "{name}: its story does not succeed: {} {:.2000}",
                done.status,
                done.text().rsplit("<main").next().unwrap_or_default()
            ));
            continue;
        }
        let entities: Vec<String> =
            sqlx::query_scalar("select entity from audit_events where request_id = $1")
                .bind(done.header("x-request-id"))
                .fetch_all(&mut admin)
                .await
                .expect("rows");
        if entities.is_empty() != untold {
            sinners.push(format!("{name}: {} rows in the trail", entities.len()));
        }
        let kinds = product(false).app.audit_kinds();
        let strange = entities
            .iter()
            .find(|entity| kinds.iter().all(|(kind, _)| kind != entity));
        if let Some(entity) = strange {
            sinners.push(format!(
                "{name}: {entity} is no kind that the trail's filter knows"
            ));
        }
        told += entities.len();
    }
    assert!(sinners.is_empty(), "\n  {}", sinners.join("\n  "));
    assert!(told > 40, "only {told} rows");
    let functions = routes()
        .iter()
        .filter(|route| route.writes && is_function(route))
        .count();
    assert!(functions > 0, "no server function was tried");
}
