use super::pages;
use crate::server::http::registry::Routes;

/// `/`.
pub fn routes(routes: Routes) -> Routes {
    routes.public_page("/", pages::start)
}
