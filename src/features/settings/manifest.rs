use super::pages;
use crate::server::app::App;
use crate::server::db::tenant::Session;
use crate::server::feature::{Feature, Menu};
use crate::server::http::registry::Routes;

/// What others know of this feature.
pub const FEATURE: Feature = Feature::new("settings", routes);

/// `/settings`.
fn routes(routes: Routes) -> Routes {
    routes
        .page("/settings", pages::show)
        .menu(Menu::new("Settings", "settings").when(something_to_change))
}

/// Somebody who may only change their own account finds it in their own menu.
fn something_to_change(app: &App, session: &Session) -> bool {
    app.settings(session).len() > 1
}
