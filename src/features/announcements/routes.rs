use super::pages;
use crate::server::http::registry::Routes;

/// `/announcements` and below.
pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/announcements", pages::list)
        .page("/announcements/new", pages::new)
        .form("/announcements/new", pages::publish)
        .page("/announcements/{announcement}", pages::show)
        .form("/announcements/{announcement}/read", pages::read)
        .form("/announcements/{announcement}/withdraw", pages::withdraw)
}
