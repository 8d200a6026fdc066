use super::pages;
use crate::server::feature::Feature;
use crate::server::http::registry::Routes;

/// What others know of this feature.
pub const FEATURE: Feature = Feature::new("second_factor", routes);

/// `/sign-in/code`, `/account/second-factor`, and who needs one.
fn routes(routes: Routes) -> Routes {
    routes
        .public_page("/sign-in/code", pages::ask)
        .public_form("/sign-in/code", pages::answer)
        .page("/account/second-factor", pages::show)
        .form("/account/second-factor/begin", pages::begin)
        .form("/account/second-factor/confirm", pages::confirm)
        .form("/account/second-factor/remove", pages::remove)
        .form("/settings/roles/second-factor", pages::require)
}
