use super::pages;
use crate::server::feature::{Feature, Setting};
use crate::server::http::registry::Routes;

/// What others know of this feature.
pub const FEATURE: Feature = Feature {
    audit_kinds: &[("tablet", "Shared tablets")],
    ..Feature::new("tablets", routes)
};

/// `/switch` and `/settings/tablets`.
fn routes(routes: Routes) -> Routes {
    routes
        .public_page("/switch", pages::people)
        .public_form("/switch", pages::switch)
        .page("/settings/tablets", pages::list)
        .setting(Setting::new(
            "Shared tablets",
            "One tablet at the bay, sign-in by PIN",
            "smartphone",
        ))
        .form("/settings/tablets", pages::enrol)
        .form("/settings/tablets/retire", pages::retire)
}
