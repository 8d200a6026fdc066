use super::pages;
use crate::server::http::registry::Routes;

/// `/customers` and below.
pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/customers", pages::list)
        .page("/customers/new", pages::new)
        .form("/customers/new", pages::create)
}
