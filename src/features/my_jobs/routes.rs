use super::pages;
use crate::server::http::registry::Routes;

/// `/my-jobs` and below.
pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/my-jobs", pages::list)
        .form("/my-jobs/{order}/jobs/{job}/start", pages::start)
        .form("/my-jobs/{order}/jobs/{job}/finish", pages::finish)
        .form("/my-jobs/{order}/jobs/{job}/take", pages::take)
        .form("/my-jobs/{order}/seen", pages::see)
        .form("/my-jobs/{order}/notes", pages::add_note)
        .form("/my-jobs/{order}/concerns/{concern}", pages::record_finding)
}
