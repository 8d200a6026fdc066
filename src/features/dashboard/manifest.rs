use super::pages;
use crate::server::feature::{Feature, Menu};
use crate::server::http::registry::Routes;

/// What others know of this feature.
pub const FEATURE: Feature = Feature::new("dashboard", routes);

/// `/dashboard`
fn routes(routes: Routes) -> Routes {
    routes
        .page("/dashboard", pages::dashboard)
        .menu(Menu::new("Dashboard", "gauge"))
}
