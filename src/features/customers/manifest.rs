use super::{drivers, pages};
use crate::server::feature::{Feature, Menu};
use crate::server::http::registry::Routes;

/// What others know of this feature.
pub const FEATURE: Feature = Feature {
    tables: &["customers", "drivers"],
    audit_kinds: &[("customer", "Customers"), ("driver", "Drivers")],
    ..Feature::new("customers", routes)
};

/// `/customers` and below.
fn routes(routes: Routes) -> Routes {
    drivers::routes(routes)
        .page("/customers", pages::list)
        .menu(Menu::new("Customers", "users"))
        .page("/customers/new", pages::new)
        .form("/customers/new", pages::create)
        .page("/customers/{customer}", pages::show)
        .page("/customers/{customer}/history", pages::history)
        .form("/customers/{customer}/history", pages::print_history)
        .page("/customers/{customer}/edit", pages::edit)
        .form("/customers/{customer}/edit", pages::change)
        .form("/customers/{customer}/archive", pages::archive)
        .form("/customers/{customer}/restore", pages::restore)
}
