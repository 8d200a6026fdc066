use super::api::LookUp;
use super::{pages, sheet};
use crate::kernel::permission::CreateWorkOrders;
use crate::server::http::api;
use crate::server::http::registry::{RouteInfo, Routes};

/// `/check-in`, and the sheet that a customer signs.
pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/check-in", pages::show)
        .form("/check-in", pages::open)
        .page("/work-orders/{order}/check-in-sheet", sheet::show)
}

/// What islands of this feature call.
pub fn server_functions() -> Vec<RouteInfo> {
    vec![api::right::<LookUp, CreateWorkOrders>(false)]
}
