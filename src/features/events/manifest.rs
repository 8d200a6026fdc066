use super::stream;
use crate::server::feature::Feature;
use crate::server::http::registry::Routes;

/// What others know of this feature.
pub const FEATURE: Feature = Feature::new("events", routes);

/// `/events`.
fn routes(routes: Routes) -> Routes {
    routes.page("/events", stream::events)
}
