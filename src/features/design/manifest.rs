use super::pages;
use crate::server::feature::Feature;
use crate::server::http::registry::Routes;

/// What others know of this feature.
pub const FEATURE: Feature = Feature::new("design", routes);

/// `/design`, in development only.
fn routes(routes: Routes) -> Routes {
    routes.public_page("/design", pages::show)
}
