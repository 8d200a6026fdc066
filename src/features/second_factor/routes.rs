use super::pages;
use crate::server::http::registry::Routes;

/// `/sign-in/code`, `/account/second-factor`, and who needs one.
pub fn routes(routes: Routes) -> Routes {
    routes
        .public_page("/sign-in/code", pages::ask)
        .public_form("/sign-in/code", pages::answer)
        .page("/account/second-factor", pages::show)
        .form("/account/second-factor/begin", pages::begin)
        .form("/account/second-factor/confirm", pages::confirm)
        .form("/account/second-factor/remove", pages::remove)
        .form("/settings/roles/second-factor", pages::require)
}
