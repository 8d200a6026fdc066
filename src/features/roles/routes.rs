use super::pages;
use crate::server::http::registry::Routes;

/// `/settings/roles` and what it changes.
pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/settings/roles", pages::show)
        .form("/settings/roles", pages::save)
        .form("/settings/roles/new", pages::create)
        .form("/settings/roles/{custom_role}/archive", pages::archive)
}
