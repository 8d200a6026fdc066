use super::pages;
use crate::server::http::registry::Routes;

/// `/trail` and below.
pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/trail", pages::deeds)
        .page("/trail/sign-ins", pages::sign_ins)
        .page("/trail/exports", pages::exports)
}
