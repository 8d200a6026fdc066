//! In a read-only workshop nothing is written: every route that writes is tried with the story in which it succeeds elsewhere.
use super::stories::Stage;
use super::{act, everything, name};
use crate::guards::routes;
use crate::kit::Sinners;
use crate::kit::TestApp;
use sqlx::PgConnection;

/// Rights that go on: one's own account, what is in view, putting people and tablets out, taking along and leaving, and ending the access of
/// our support.
const GO_ON: &[&str] = &[
    "KeepAccount",
    "MoveAround",
    "TakeData",
    "LeaveGantry",
    "GrantSupport",
    "PrintDocuments",
    "DismissMembers",
    "RetireTablets",
];

/// Doors that lead in or to one's own account, never to the workshop's rows.
const DOORS: &[&str] = &[
    "POST /sign-in",
    "POST /sign-in/code",
    "POST /sign-up",
    "POST /sign-out",
    "POST /switch",
    "POST /session/theme",
    "POST /forgot",
    "POST /reset/{secret}",
    "POST /verify/{secret}",
];

/// Every workshop was paid for until eight days ago, or for good.
async fn close(db: &mut PgConnection, app: &TestApp, closed: bool) {
    let until = closed.then(|| app.now() - chrono::TimeDelta::days(8));
    sqlx::query("update auth.organizations set state = 'active', expires_at = $1")
        .bind(until)
        .execute(db)
        .await
        .expect("a date");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_written_in_a_read_only_workshop() {
    let app = TestApp::new().await;
    let stage = Stage::build(&app).await;
    let mut admin = app.db_admin().await;
    let (mut sinners, mut tried) = (Sinners::default(), 0);
    for route in routes().iter().filter(|route| route.writes) {
        let name = name(route);
        if GO_ON.contains(&route.right) || DOORS.contains(&name.as_str()) {
            continue;
        }
        let story = stage.story(&name, route).await;
        close(&mut admin, &app, true).await;
        let before = everything(&mut admin).await;
        let refused = act(&story).await;
        let after = everything(&mut admin).await;
        close(&mut admin, &app, false).await;
        let changed: Vec<&String> = after
            .iter()
            .filter(|(table, print)| before.get(*table) != Some(print))
            .map(|(table, _)| table)
            .collect();
        sinners.unless(refused.status == 409 && changed.is_empty(), || {
            format!("{name}: {}, changed {changed:?}", refused.status)
        });
        tried += 1;
    }
    sinners.none();
    assert!(tried > 40, "only {tried} routes");
}
