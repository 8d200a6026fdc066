use super::model::banner;
use super::pages;
use crate::server::app::Notice;
use crate::server::feature::{Feature, Setting};
use crate::server::http::registry::Routes;

/// What others know of this feature.
pub const FEATURE: Feature = Feature {
    tables: &["support_grants"],
    notice: Some(Notice {
        banner,
        everywhere: true,
    }),
    ..Feature::new("support", routes)
};

/// `/settings/support` and below.
fn routes(routes: Routes) -> Routes {
    routes
        .page("/settings/support", pages::show)
        .setting(Setting::new(
            "Support access",
            "Let Gantry support view your workshop",
            "search",
        ))
        .form("/settings/support", pages::grant)
        .form("/settings/support/{support_grant}/end", pages::end)
}
