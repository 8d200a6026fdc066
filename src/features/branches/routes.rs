use super::pages;
use crate::server::http::registry::Routes;

/// `/settings/branches`.
pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/settings/branches", pages::list)
        .page("/settings/branches/new", pages::new)
        .form("/settings/branches/new", pages::create)
        .page("/settings/branches/{branch}", pages::edit)
        .form("/settings/branches/{branch}", pages::change)
}
