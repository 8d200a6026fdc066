use super::{on_order, pages, seed, selectors, service};
use crate::rule;
use crate::server::feature::{Feature, Setting};
use crate::server::http::registry::Routes;
use crate::server::orders::OrderExtension;

/// What others know of this feature.
pub const FEATURE: Feature = Feature {
    tables: &["labels", "work_order_labels"],
    audit_kinds: &[("label", "Labels")],
    orders: Some(OrderExtension {
        entered: Some(|tx, order| Box::pin(service::entered(tx, order))),
        chips: Some(|tx, orders| Box::pin(selectors::chips(tx, orders))),
        on_page: Some(|tx, order| Box::pin(on_order::parts(tx, order))),
        filter: Some(|tx, narrowing| Box::pin(selectors::filter(tx, narrowing))),
    }),
    rules: &[rule!("src/features/labels/order_labels.sql")],
    seed: Some(seed::rows),
    ..Feature::new("labels", routes)
};

/// `/settings/labels`, and the label of an order.
fn routes(routes: Routes) -> Routes {
    routes
        .page("/settings/labels", pages::list)
        .setting(Setting::new(
            "Labels",
            "Your own words for each phase of the board",
            "tag",
        ))
        .page("/settings/labels/new", pages::new)
        .form("/settings/labels/new", pages::add)
        .page("/settings/labels/{label}", pages::edit)
        .form("/settings/labels/{label}", pages::change)
        .form("/settings/labels/{label}/position", pages::reorder)
        .form("/settings/labels/{label}/default", pages::choose_default)
        .form("/settings/labels/{label}/archive", pages::archive)
        .form("/settings/labels/{label}/restore", pages::restore)
        .form("/work-orders/{order}/label", on_order::set)
}
