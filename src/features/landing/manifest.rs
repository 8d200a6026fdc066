use super::pages;
use crate::server::feature::Feature;
use crate::server::http::registry::Routes;

/// What others know of this feature.
pub const FEATURE: Feature = Feature::new("landing", routes);

/// `/`.
fn routes(routes: Routes) -> Routes {
    routes.public_page("/", pages::start)
}
