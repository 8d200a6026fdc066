//! The console's pages. Each begins with a [`PlatformScope`]: one of us, or nobody.
pub(super) mod door;
pub(super) mod organizations;

use super::parts::Console;
use crate::server::auth::platform::PlatformScope;
use crate::server::http::page::Page;
use axum::response::Response;
use leptos::prelude::*;

/// A page inside the console's frame.
fn framed(scope: PlatformScope, page: Page, view: impl FnOnce() -> AnyView + Send + 'static) -> Response {
    let (who, flash) = (scope.admin().name.clone(), scope.request.flash.clone());
    scope.page(page, move || view! { <Console who flash>{view()}</Console> })
}
