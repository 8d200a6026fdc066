use super::pages::{account, session, sign_in, sign_up};
use crate::server::http::registry::Routes;

/// `/sign-in`, `/sign-up`, `/sign-out`, what a session remembers, and `/account`.
pub fn routes(routes: Routes) -> Routes {
    routes
        .public_page("/sign-in", sign_in::page)
        .public_form("/sign-in", sign_in::submit)
        .public_page("/sign-up", sign_up::page)
        .public_form("/sign-up", sign_up::submit)
        .public_form("/sign-out", session::sign_out)
        .public_form("/session/theme", session::theme)
        .form("/session/branch", session::branch)
        .form("/session/workshop", session::workshop)
        .page("/account", account::page)
        .form("/account/password", account::password)
        .form("/account/sign-out-elsewhere", account::sign_out_elsewhere)
}
