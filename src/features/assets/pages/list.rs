//! The list: newest first, the archived ones, or those that a plate, number or name finds.
use super::super::parts::list::{AssetList, ListView};
use super::super::selectors;
use crate::kernel::permission::{EditCustomers, ViewCustomers};
use crate::list_query;
use crate::server::prelude::*;
use leptos::prelude::*;

list_query! {
    /// `view` is `archived`, or nothing for those that still come.
    pub(crate) struct AssetQuery shows AssetControls at "/vehicles" { tabs: [view: "List"], filters: [q: "Search"], sorted }
}

pub(crate) async fn list(mut scope: Scope<ViewCustomers>, Search(query): Search<AssetQuery>) -> PageResult {
    let page = if query.is_narrowed() {
        selectors::matching(&mut scope, query.q.trim()).await?
    } else if query.view == "archived" {
        selectors::archived(&mut scope, query.cursor()).await?
    } else {
        selectors::newest(&mut scope, query.cursor()).await?
    };
    let session = scope.session();
    let kind = session.terms().kind;
    let view = ListView {
        page,
        query,
        kind,
        unit: session.settings.distance_unit.clone(),
        zone: session.zone(),
        may_edit: session.allows::<EditCustomers>(),
    };
    let page = Page::new(session.terms().asset().titles()).nav("/vehicles");
    Ok(scope.page(page, move || view! { <AssetList view /> }))
}
