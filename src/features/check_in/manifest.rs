use super::model::LOOK_UP;
use super::{pages, sheet};
use crate::server::feature::{Feature, Menu};
use crate::server::http::registry::Routes;
use crate::server::orders::OrderExtension;
use std::future::ready;

/// What others know of this feature.
pub const FEATURE: Feature = Feature {
    orders: Some(OrderExtension {
        on_page: Some(|tx, order| Box::pin(ready(Ok(sheet::link(tx.session(), order))))),
        ..OrderExtension::NONE
    }),
    ..Feature::new("check_in", routes)
};

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
