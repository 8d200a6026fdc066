use super::pages;
use crate::server::feature::{Feature, Menu};
use crate::server::http::registry::Routes;

/// What others know of this feature.
pub const FEATURE: Feature = Feature {
    tables: &["announcements", "announcement_addresses", "announcement_receipts"],
    audit_kinds: &[("announcement", "Announcements")],
    ..Feature::new("announcements", routes)
};

/// `/announcements` and below.
fn routes(routes: Routes) -> Routes {
    routes
        .page("/announcements", pages::list)
        .menu(Menu::new("Announcements", "megaphone").short("News"))
        .page("/announcements/new", pages::new)
        .form("/announcements/new", pages::publish)
        .page("/announcements/{announcement}", pages::show)
        .form("/announcements/{announcement}/read", pages::read)
        .form("/announcements/{announcement}/withdraw", pages::withdraw)
}
