//! The activity log.
use super::super::form::TrailSearch;
use super::super::parts::deeds::{Deeds, DeedsView};
use super::super::selectors;
use super::insist;
use crate::kernel::page::Cursor;
use crate::kernel::permission::ViewTrails;
use crate::server::prelude::*;
use leptos::prelude::*;

pub(crate) async fn deeds(mut scope: Scope<ViewTrails>, Search(search): Search<TrailSearch>) -> PageResult {
    insist(&scope)?;
    let zone = scope.session().zone();
    let from = Cursor::parse(search.before.as_deref());
    let view = DeedsView {
        page: selectors::deeds(&mut scope, &search.filter(zone), from).await?,
        people: selectors::people(&mut scope).await?,
        search,
        zone,
    };
    let page = Page::new("Activity log").nav("/settings");
    Ok(scope.page(page, move || view! { <Deeds view/> }))
}
