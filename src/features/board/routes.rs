use super::api::{MoveCard, ReadBoard};
use super::pages;
use crate::kernel::permission::{MoveWorkOrders, ViewWorkOrders};
use crate::server::http::api;
use crate::server::http::registry::{RouteInfo, Routes};

/// `/board`.
pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/board", pages::board)
        .form("/board/moves", pages::move_card)
}

/// Reading the board and moving a card.
pub fn server_functions() -> Vec<RouteInfo> {
    vec![
        api::right::<ReadBoard, ViewWorkOrders>(false),
        api::right::<MoveCard, MoveWorkOrders>(true),
    ]
}
