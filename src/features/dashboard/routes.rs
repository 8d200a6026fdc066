use super::pages;
use crate::server::http::registry::Routes;

/// `/dashboard`
pub fn routes(routes: Routes) -> Routes {
    routes.page("/dashboard", pages::dashboard)
}
