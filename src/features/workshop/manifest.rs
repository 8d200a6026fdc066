use super::pages;
use crate::server::feature::{Feature, Setting};
use crate::server::http::registry::Routes;

/// What others know of this feature.
pub const FEATURE: Feature = Feature {
    tables: &["organization_settings"],
    audit_kinds: &[("organization", "The workshop")],
    ..Feature::new("workshop", routes)
};

/// `/settings/workshop`.
fn routes(routes: Routes) -> Routes {
    routes
        .page("/settings/workshop", pages::show)
        .setting(Setting::new(
            "Workshop",
            "Name, currency and rules for all branches",
            "settings",
        ))
        .form("/settings/workshop", pages::save)
        .form("/settings/workshop/address", pages::change_address)
}
