//! The product's routes, feature by feature.
use crate::features;
use crate::server::http::registry::{RouteInfo, Routes};

/// Every page and form. `dev` adds the design system's page.
pub fn routes(dev: bool) -> Routes {
    let routes = Routes::default()
        .with(features::identity::routes)
        .with(features::customers::routes);
    let _ = dev;
    routes
}

/// Every server function with its right.
pub fn server_functions() -> Vec<RouteInfo> {
    Vec::new()
}
