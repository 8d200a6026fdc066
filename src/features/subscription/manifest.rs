use super::model::banner;
use super::pages;
use crate::kernel::permission::LeaveGantry;
use crate::server::app::Notice;
use crate::server::feature::{Feature, Setting};
use crate::server::http::registry::Routes;

/// What others know of this feature.
pub const FEATURE: Feature = Feature {
    notice: Some(Notice {
        banner,
        everywhere: false,
    }),
    locked_menu: &[
        ("/standing", "Subscription", "info"),
        ("/settings/data", "Your data", "download"),
        ("/settings/leave", "Leave", "log-out"),
    ],
    ..Feature::new("subscription", routes)
};

/// `/standing`, `/settings/leave`, `/settings/come-back`.
fn routes(routes: Routes) -> Routes {
    routes
        .page("/standing", pages::show)
        .setting(
            Setting::new("Subscription", "Plan, renewal, and leaving", "receipt")
                .when(|_, session| session.allows::<LeaveGantry>()),
        )
        .page("/settings/leave", pages::ask)
        .form("/settings/leave", pages::leave)
        .form("/settings/come-back", pages::come_back)
}
