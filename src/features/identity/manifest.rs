use super::pages::{forgot, session, sign_in, sign_up, verify};
use crate::server::feature::Feature;
use crate::server::http::registry::Routes;

/// What others know of this feature.
pub const FEATURE: Feature = Feature::new("identity", routes);

/// `/sign-in`, `/sign-up`, `/sign-out`, a forgotten password, and what a session remembers.
fn routes(routes: Routes) -> Routes {
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
}
