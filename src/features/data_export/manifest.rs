use super::pages;
use crate::server::feature::{Feature, Setting};
use crate::server::http::registry::Routes;

/// What others know of this feature.
pub const FEATURE: Feature = Feature {
    audit_kinds: &[("export", "Exports")],
    ..Feature::new("data_export", routes)
};

/// `/settings/data`.
fn routes(routes: Routes) -> Routes {
    routes
        .page("/settings/data", pages::show)
        .setting(Setting::new(
            "Your data",
            "Download everything as one file",
            "download",
        ))
        .form("/settings/data/download", pages::download)
}
