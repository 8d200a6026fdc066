use super::model::may_read;
use super::pages;
use crate::server::feature::{Feature, Setting};
use crate::server::http::registry::Routes;

/// What others know of this feature.
pub const FEATURE: Feature = Feature::new("audit_log", routes);

/// `/trail` and below.
fn routes(routes: Routes) -> Routes {
    routes
        .page("/trail", pages::events)
        .setting(
            Setting::new("Activity log", "All changes, sign-ins and exports", "history")
                .when(|_, session| may_read(session)),
        )
        .page("/trail/sign-ins", pages::sign_ins)
        .page("/trail/exports", pages::exports)
}
