use super::pages;
use crate::server::http::registry::Routes;

/// `/sign-in`, `/sign-out`.
pub fn routes(routes: Routes) -> Routes {
    routes
        .public_page("/sign-in", pages::sign_in_page)
        .public_form("/sign-in", pages::sign_in)
        .public_form("/sign-out", pages::sign_out)
}
