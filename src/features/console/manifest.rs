use super::pages;
use crate::server::feature::Feature;
use crate::server::http::registry::Routes;

/// What others know of this feature.
pub const FEATURE: Feature = Feature::new("console", routes);

/// `/platform` and below.
fn routes(routes: Routes) -> Routes {
    routes
        .platform_door("/platform/sign-in", pages::door::page, pages::door::submit)
        .platform_form("/platform/sign-out", pages::door::sign_out)
        .platform_page("/platform", pages::organizations::list)
        .platform_page("/platform/history", pages::organizations::history)
        .platform_page("/platform/organizations/{org}", pages::organizations::show)
        .platform_form(
            "/platform/organizations/{org}/plan",
            pages::organizations::set_plan,
        )
        .platform_form(
            "/platform/organizations/{org}/suspend",
            pages::organizations::suspend,
        )
        .platform_form(
            "/platform/organizations/{org}/resume",
            pages::organizations::resume,
        )
        .platform_form("/platform/organizations/{org}/note", pages::organizations::note)
        .platform_form("/platform/organizations/{org}/look", pages::organizations::look)
}
