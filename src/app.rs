//! The product's routes, feature by feature: the list that `gantry routes` prints and the law tests walk.
use crate::features;
use crate::server::http::page::{Page, PageResult};
use crate::server::http::registry::{RouteInfo, Routes};
use crate::server::prelude::{Search, Visitor};
use crate::ui::showcase::Showcase;
use leptos::prelude::*;

/// Every page and form. `dev` adds the design system's page and the folder of letters.
pub fn routes(dev: bool) -> Routes {
    let routes = Routes::default()
        .with(features::landing::routes)
        .with(features::identity::routes)
        .with(features::second_factor::routes)
        .with(features::dashboard::routes)
        .with(features::customers::routes)
        .with(features::assets::routes)
        .with(features::search::routes)
        .with(features::board::routes)
        .with(features::work_orders::routes)
        .with(features::check_in::routes)
        .with(features::my_jobs::routes)
        .with(features::invoices::routes)
        .with(features::payments::routes)
        .with(features::announcements::routes)
        .with(features::settings::routes)
        .with(features::standing::routes)
        .with(features::takeout::routes)
        .with(features::support::routes)
        .with(features::roles::routes)
        .with(features::trail::routes)
        .with(features::people::routes)
        .with(features::branches::routes)
        .with(features::workshop::routes)
        .with(features::tablets::routes)
        .with(features::live::routes)
        .with(features::platform::routes);
    if dev {
        routes
            .public_page("/design", design)
            .with(features::mailbox::routes)
    } else {
        routes
    }
}

/// The search box of every page in the frame: with the browser's part it finds while somebody types.
pub fn search_box(query: String, devices: bool) -> AnyView {
    view! { <features::search::SearchBox query devices/> }.into_any()
}

/// Every server function with its right.
pub fn server_functions() -> Vec<RouteInfo> {
    [
        features::board::server_functions(),
        features::search::server_functions(),
    ]
    .concat()
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct DesignSearch {
    view: String,
}

/// The design system, shown.
async fn design(visitor: Visitor, Search(search): Search<DesignSearch>) -> PageResult {
    let theme = visitor.request.theme;
    Ok(visitor.page(
        Page::new("Design"),
        move || view! { <Showcase view=search.view theme/> },
    ))
}
