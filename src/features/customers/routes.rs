use super::{drivers, pages};
use crate::server::http::registry::Routes;

/// `/customers` and below.
pub fn routes(routes: Routes) -> Routes {
    drivers::routes(routes)
        .page("/customers", pages::list)
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
