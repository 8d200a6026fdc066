//! The activity log.
use super::super::form::TrailQuery;
use super::super::parts::events::{EventsView, events_view};
use super::super::selectors;
use super::insist;
use crate::kernel::permission::ViewTrails;
use crate::server::prelude::*;

pub(crate) async fn events(mut scope: Scope<ViewTrails>, Search(query): Search<TrailQuery>) -> PageResult {
    insist(&scope)?;
    let zone = scope.session().zone();
    let kinds = scope.state.app.audit_kinds();
    let view = EventsView {
        page: selectors::events(&mut scope, &query.filter(&kinds, zone), query.cursor()).await?,
        kinds,
        people: selectors::people(&mut scope).await?,
        query,
        zone,
    };
    let page = Page::new("Activity log").nav("/settings");
    Ok(scope.page(page, move || events_view(view)))
}
