use super::pages;
use crate::server::http::registry::Routes;

/// `/switch` and `/settings/tablets`.
pub fn routes(routes: Routes) -> Routes {
    routes
        .public_page("/switch", pages::people)
        .public_form("/switch", pages::switch)
        .page("/settings/tablets", pages::list)
        .form("/settings/tablets", pages::enrol)
        .form("/settings/tablets/retire", pages::retire)
}
