use super::pages;
use crate::server::db::tenant::Session;
use crate::server::feature::{Feature, Menu};
use crate::server::http::registry::Routes;

/// What others know of this feature.
pub const FEATURE: Feature = Feature {
    tables: &["assets", "odometer_readings"],
    audit_kinds: &[("asset", "Vehicles")],
    ..Feature::new("assets", routes)
};

/// `/vehicles` and below, whatever the workshop calls them.
fn routes(routes: Routes) -> Routes {
    routes
        .page("/vehicles", pages::list)
        .menu(Menu::by(words))
        .page("/vehicles/new", pages::new)
        .form("/vehicles/new", pages::create)
        .page("/vehicles/{asset}", pages::show)
        .page("/vehicles/{asset}/history", pages::history)
        .form("/vehicles/{asset}/history", pages::print_history)
        .page("/vehicles/{asset}/edit", pages::edit)
        .form("/vehicles/{asset}/edit", pages::change)
        .form("/vehicles/{asset}/odometer", pages::read_odometer)
        .form("/vehicles/{asset}/archive", pages::archive)
        .form("/vehicles/{asset}/restore", pages::restore)
}

/// What a workshop calls its assets.
fn words(session: &Session) -> (String, &'static str) {
    let terms = session.terms();
    (terms.asset().titles(), terms.kind.icon())
}
