use super::pages;
use crate::server::feature::{Feature, Setting};
use crate::server::http::registry::Routes;

/// What others know of this feature.
pub const FEATURE: Feature = Feature {
    tables: &["branches", "branch_hours"],
    audit_kinds: &[("branch", "Branches")],
    ..Feature::new("branches", routes)
};

/// `/settings/branches`.
fn routes(routes: Routes) -> Routes {
    routes
        .page("/settings/branches", pages::list)
        .setting(Setting::new(
            "Branches",
            "Addresses, hours and number series",
            "building",
        ))
        .page("/settings/branches/new", pages::new)
        .form("/settings/branches/new", pages::create)
        .page("/settings/branches/{branch}", pages::edit)
        .form("/settings/branches/{branch}", pages::change)
}
