use super::pages;
use crate::server::feature::{Feature, Setting};
use crate::server::http::registry::Routes;

/// What others know of this feature.
pub const FEATURE: Feature = Feature {
    tables: &["custom_roles", "role_rights"],
    audit_kinds: &[("role", "Roles and rights")],
    ..Feature::new("roles", routes)
};

/// `/settings/roles` and what it changes.
fn routes(routes: Routes) -> Routes {
    routes
        .page("/settings/roles", pages::show)
        .setting(Setting::new(
            "Roles and rights",
            "Rights by role and custom roles",
            "sliders",
        ))
        .form("/settings/roles", pages::save)
        .form("/settings/roles/new", pages::create)
        .form("/settings/roles/{custom_role}/archive", pages::archive)
}
