use super::pages;
use crate::server::feature::{Feature, Menu};
use crate::server::http::registry::Routes;

/// What others know of this feature.
pub const FEATURE: Feature = Feature::new("my_jobs", routes);

/// `/my-jobs` and below.
fn routes(routes: Routes) -> Routes {
    routes
        .page("/my-jobs", pages::list)
        .menu(Menu::new("My jobs", "wrench"))
        .form("/my-jobs/{order}/jobs/{job}/start", pages::start)
        .form("/my-jobs/{order}/jobs/{job}/finish", pages::finish)
        .form("/my-jobs/{order}/jobs/{job}/take", pages::take)
        .form("/my-jobs/{order}/seen", pages::see)
        .form("/my-jobs/{order}/notes", pages::add_note)
        .form("/my-jobs/{order}/concerns/{concern}", pages::record_finding)
}
