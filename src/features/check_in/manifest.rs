use super::model::LOOK_UP;
use super::{pages, sheet};
use crate::server::feature::{Feature, Menu};
use crate::server::http::registry::Routes;

/// What others know of this feature.
pub const FEATURE: Feature = Feature::new("check_in", routes);

/// `/check-in`, and the sheet that a customer signs and gets by mail.
fn routes(routes: Routes) -> Routes {
    routes
        .page("/check-in", pages::show)
        .menu(Menu::new("Check-in", "clipboard-check"))
        .form("/check-in", pages::open)
        .page(LOOK_UP, pages::show)
        .question(LOOK_UP, pages::look_up)
        .page("/work-orders/{order}/check-in-sheet", sheet::show)
        .form("/work-orders/{order}/check-in-sheet", sheet::mail)
        .form("/work-orders/{order}/check-in-sheet/print", sheet::print)
}
