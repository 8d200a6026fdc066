use super::pages;
use crate::server::feature::Feature;
use crate::server::http::registry::Routes;

/// What others know of this feature.
pub const FEATURE: Feature = Feature::new("mailbox", routes);

/// `/mail`, in development only.
fn routes(routes: Routes) -> Routes {
    routes.public_page("/mail", pages::show)
}
