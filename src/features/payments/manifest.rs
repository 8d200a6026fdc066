use super::pages;
use crate::server::feature::{Feature, Menu};
use crate::server::http::registry::Routes;

/// What others know of this feature.
pub const FEATURE: Feature = Feature {
    tables: &["payments", "payment_allocations"],
    audit_kinds: &[("payment", "Payments")],
    ..Feature::new("payments", routes)
};

/// `/payments`. The forms that take or give back money stand on an invoice.
fn routes(routes: Routes) -> Routes {
    routes
        .page("/payments", pages::list)
        .menu(Menu::new("Payments", "credit-card"))
}
