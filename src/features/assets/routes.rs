use super::pages;
use crate::server::http::registry::Routes;

/// `/vehicles` and below, whatever the workshop calls them.
pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/vehicles", pages::list)
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
