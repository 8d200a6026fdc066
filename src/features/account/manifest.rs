use super::notice::unconfirmed;
use super::pages;
use crate::server::app::Notice;
use crate::server::feature::{Feature, Setting};
use crate::server::http::registry::Routes;

/// What others know of this feature.
pub const FEATURE: Feature = Feature {
    notice: Some(Notice {
        banner: unconfirmed,
        everywhere: false,
    }),
    ..Feature::new("account", routes)
};

/// `/account` and below.
fn routes(routes: Routes) -> Routes {
    routes
        .page("/account", pages::page)
        .setting(Setting::new(
            "Your account",
            "Password, second factor, PIN and sessions",
            "user",
        ))
        .form("/account/password", pages::password)
        .form("/account/confirm", pages::confirm)
        .form("/account/confirm-address", pages::confirm_address)
        .form("/account/pin", pages::set_pin)
        .form("/account/pin/remove", pages::drop_pin)
        .form("/account/sessions/end", pages::end_session)
        .form("/account/sign-out-elsewhere", pages::sign_out_elsewhere)
}
