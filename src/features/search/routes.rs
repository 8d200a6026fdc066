use super::api::Find;
use super::pages;
use crate::kernel::permission::UseWorkshop;
use crate::server::http::api;
use crate::server::http::registry::{RouteInfo, Routes};

/// `/search`.
pub fn routes(routes: Routes) -> Routes {
    routes.page("/search", pages::show)
}

/// What the search box calls.
pub fn server_functions() -> Vec<RouteInfo> {
    vec![api::right::<Find, UseWorkshop>(false)]
}
