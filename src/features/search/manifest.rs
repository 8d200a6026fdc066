use super::api::Find;
use super::{SearchBox, pages};
use crate::kernel::permission::UseWorkshop;
use crate::server::feature::Feature;
use crate::server::http::registry::Routes;
use leptos::prelude::*;

/// What others know of this feature.
pub const FEATURE: Feature = Feature {
    search_box: Some(search_box),
    ..Feature::new("search", routes)
};

/// `/search`.
fn routes(routes: Routes) -> Routes {
    routes
        .page("/search", pages::show)
        .server_function::<Find, UseWorkshop>(false)
}

/// The box of every page in the frame: with the browser's part it finds while somebody types.
fn search_box(query: String, devices: bool) -> AnyView {
    view! { <SearchBox query devices/> }.into_any()
}
