//! Whatever anybody changes is told by the trail, in the same transaction: every route that writes succeeds with its example. With the
//! trail's rows refused it changes nothing at all; with them it leaves at least one. In a read-only workshop nothing is written.
mod closed;
mod states;

use crate::Violations;
use crate::features::routes_of;
use crate::kit::example::{self, Fixture, Prepared};
use crate::kit::rows::fingerprints;
use crate::kit::{Answer, TestApp, apart};
use gantry::app::product;
use gantry::server::app::RouteInfo;
use sqlx::{AssertSqlSafe, Executor, PgConnection};
use std::collections::BTreeMap;
use std::sync::OnceLock;

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

async fn run(db: &mut PgConnection, statements: &str) {
    db.execute(sqlx::raw_sql(AssertSqlSafe(statements.to_owned())))
        .await
        .expect("statements");
}

/// Everything that a write might change.
async fn everything(db: &mut PgConnection) -> BTreeMap<String, String> {
    let mut prints = fingerprints(db).await;
    prints.retain(|table, _| !COUNTED_APART.contains(&table.as_str()));
    prints
}

/// Somebody who plays the examples, with a superuser's look at what they change.
struct Player {
    fixture: Fixture,
    admin: PgConnection,
    violations: Violations,
}

/// Every form of a feature is sent in a read-only workshop, with the trail full, and as it is meant.
pub(crate) async fn every_write_is_told(feature: &'static str) {
    let mut routes = routes_of(feature);
    routes.retain(|route| route.writes);
    if routes.is_empty() {
        return;
    }
    static MADE: OnceLock<Fixture> = OnceLock::new();
    let made = MADE.get_or_init(|| apart(|| async { Fixture::build(&TestApp::new().await).await }));
    let fixture = made.copy().await;
    let mut admin = fixture.app.db_admin().await;
    run(
        &mut admin,
        "create function public.deaf() returns trigger language plpgsql as $$ begin raise exception 'the trail is full'; end $$;
         create trigger deaf before insert on audit_events for each statement execute function public.deaf();
         alter table audit_events disable trigger deaf",
    )
    .await;
    let mut player = Player {
        fixture,
        admin,
        violations: Violations::of(feature),
    };
    for route in &routes {
        // What is missing is told by the law of examples.
        if let Some(example) = example::of(route) {
            let prepared = example.prepare(&player.fixture, &route.path).await;
            player.closed(route, &prepared).await;
            player.unheard(route, &prepared).await;
            player.is_recorded(route, &prepared).await;
        }
    }
    player.violations.none();
}

impl Player {
    /// Sends it; which tables it changed.
    async fn send(&mut self, prepared: &Prepared) -> (Answer, Vec<String>) {
        let before = everything(&mut self.admin).await;
        let answer = prepared.send().await;
        let after = everything(&mut self.admin).await;
        let changed = after
            .into_iter()
            .filter(|(table, print)| before.get(table) != Some(print));
        (answer, changed.map(|(table, _)| table).collect())
    }

    /// With the trail full.
    async fn unheard(&mut self, route: &RouteInfo, prepared: &Prepared) {
        if is_unrecorded(route) {
            return;
        }
        run(&mut self.admin, "alter table audit_events enable trigger deaf").await;
        let (refused, changed) = self.send(prepared).await;
        run(&mut self.admin, "alter table audit_events disable trigger deaf").await;
        self.violations
            .unless(refused.status.as_u16() >= 500 && changed.is_empty(), || {
                format!(
                    "{}: {} although the trail was full, changed {changed:?}; its service calls `audit::record` on the scope \
                     whose commit keeps the change",
                    example::name(route),
                    refused.status
                )
            });
    }

    async fn is_recorded(&mut self, route: &RouteInfo, prepared: &Prepared) {
        let (name, unrecorded) = (example::name(route), is_unrecorded(route));
        let done = prepared.send().await;
        if !matches!(done.status.as_u16(), 200 | 303) {
            let page = done.text();
            let page = page.rsplit("<main").next().unwrap_or_default();
            self.violations.add(format!(
                "{name}: its example does not succeed ({}); change what it sends, or what its `given` makes: {page:.2000}",
                done.status,
            ));
            return;
        }
        let events: Vec<(String, String, Option<serde_json::Value>)> =
            sqlx::query_as("select entity, action, detail from audit_events where request_id = $1")
                .bind(done.header("x-request-id"))
                .fetch_all(&mut self.admin)
                .await
                .expect("rows");
        let gaps = events
            .iter()
            .filter_map(|(_, action, detail)| states::missing(action, detail.as_ref()));
        self.violations.extend(gaps.map(|gap| format!("{name}: {gap}")));
        let entities: Vec<&str> = events.iter().map(|(entity, ..)| entity.as_str()).collect();
        self.violations
            .unless(entities.is_empty() == unrecorded, || match unrecorded {
                false => format!("{name}: tells nothing; its service calls `audit::record`"),
                true => format!(
                    "{name}: tells something; take it out of UNTOLD in tests/laws/audit_coverage/mod.rs"
                ),
            });
        let kinds = product(false).app.audit_kinds();
        let strange = entities
            .iter()
            .find(|entity| kinds.iter().all(|(kind, _)| kind != *entity));
        if let Some(entity) = strange {
            self.violations.add(format!(
                "{name}: the trail's filter does not know {entity}; add it to `audit_kinds` in the manifest"
            ));
        }
    }
}

fn is_unrecorded(route: &RouteInfo) -> bool {
    let name = example::name(route);
    UNTOLD.iter().any(|(known, _)| *known == name)
}

/// What nobody needs any more is no exception.
#[test]
fn every_exception_is_a_route() {
    let names: Vec<String> = product(false).app.routes().iter().map(example::name).collect();
    let known = UNTOLD.iter().map(|(name, _)| name).chain(closed::DOORS);
    for name in known {
        assert!(
            names.iter().any(|known| known == name),
            "{name} is no route any more"
        );
    }
}
