use super::api::{MoveCard, ReadBoard};
use super::pages;
use crate::kernel::permission::{MoveWorkOrders, ViewWorkOrders};
use crate::server::feature::{Feature, Menu};
use crate::server::http::registry::Routes;

/// What others know of this feature.
pub const FEATURE: Feature = Feature::new("board", routes);

/// `/board`.
fn routes(routes: Routes) -> Routes {
    routes
        .page("/board", pages::board)
        .menu(Menu::new("Board", "kanban"))
        .form("/board/moves", pages::move_card)
        .server_function::<ReadBoard, ViewWorkOrders>(false)
        .server_function::<MoveCard, MoveWorkOrders>(true)
}
