//! In a read-only workshop nothing is written: every route that writes is tried with the example that succeeds elsewhere.
use super::Player;
use crate::kit::example::{self, Prepared};
use gantry::server::app::RouteInfo;

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
pub(super) const DOORS: &[&str] = &[
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

impl Player {
    /// Every workshop was paid for until eight days ago, or for good.
    async fn close(&mut self, closed: bool) {
        let until = closed.then(|| self.fixture.app.now() - chrono::TimeDelta::days(8));
        sqlx::query("update auth.organizations set state = 'active', expires_at = $1")
            .bind(until)
            .execute(&mut self.admin)
            .await
            .expect("a date");
    }

    /// In a read-only workshop.
    pub(super) async fn closed(&mut self, route: &RouteInfo, prepared: &Prepared) {
        let name = example::name(route);
        if GO_ON.contains(&route.right) || DOORS.contains(&name.as_str()) {
            return;
        }
        self.close(true).await;
        let (refused, changed) = self.send(prepared).await;
        self.close(false).await;
        self.violations
            .unless(refused.status == 409 && changed.is_empty(), || {
                format!(
                    "{name}: {} in a read-only workshop, changed {changed:?}; its handler takes `Scope<{}>` and nothing is written \
                     outside that scope",
                    refused.status, route.right
                )
            });
    }
}
