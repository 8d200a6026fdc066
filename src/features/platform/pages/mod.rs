//! The console's pages. Each begins with a [`PlatformScope`]: one of us, or nobody.
mod door;
mod organizations;

use super::parts::Console;
use crate::server::auth::platform::PlatformScope;
use crate::server::http::page::Page;
use crate::server::http::registry::Routes;
use axum::response::Response;
use leptos::prelude::*;

/// `/platform` and below.
pub fn routes(routes: Routes) -> Routes {
    routes
        .platform_door("/platform/sign-in", door::page, door::submit)
        .platform_form("/platform/sign-out", door::sign_out)
        .platform_page("/platform", organizations::list)
        .platform_page("/platform/history", organizations::history)
        .platform_page("/platform/organizations/{org}", organizations::show)
        .platform_form("/platform/organizations/{org}/plan", organizations::set_plan)
        .platform_form("/platform/organizations/{org}/suspend", organizations::suspend)
        .platform_form("/platform/organizations/{org}/resume", organizations::resume)
        .platform_form("/platform/organizations/{org}/note", organizations::note)
        .platform_form("/platform/organizations/{org}/look", organizations::look)
}

/// A page inside the console's frame.
fn framed(scope: PlatformScope, page: Page, view: impl FnOnce() -> AnyView + Send + 'static) -> Response {
    let (who, flash) = (scope.admin().name.clone(), scope.request.flash.clone());
    scope.page(page, move || view! { <Console who flash>{view()}</Console> })
}
