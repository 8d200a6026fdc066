use super::pages::{account, forgot, session, sign_in, sign_up, verify};
use crate::server::http::registry::Routes;

/// `/sign-in`, `/sign-up`, `/sign-out`, a forgotten password, what a session remembers, and `/account`.
pub fn routes(routes: Routes) -> Routes {
    routes
        .public_page("/sign-in", sign_in::page)
        .public_form("/sign-in", sign_in::submit)
        .public_page("/sign-up", sign_up::page)
        .public_form("/sign-up", sign_up::submit)
        .public_form("/sign-out", session::sign_out)
        .public_page("/forgot", forgot::page)
        .public_form("/forgot", forgot::submit)
        .public_page("/reset/{secret}", forgot::new_password)
        .public_form("/reset/{secret}", forgot::set_password)
        .public_page("/verify/{secret}", verify::page)
        .public_form("/verify/{secret}", verify::confirm)
        .public_form("/session/theme", session::theme)
        .form("/session/branch", session::branch)
        .form("/session/workshop", session::workshop)
        .page("/account", account::page)
        .form("/account/password", account::password)
        .form("/account/confirm", account::confirm)
        .form("/account/confirm-address", account::confirm_address)
        .form("/account/pin", account::set_pin)
        .form("/account/pin/remove", account::drop_pin)
        .form("/account/sessions/end", account::end_session)
        .form("/account/sign-out-elsewhere", account::sign_out_elsewhere)
}
