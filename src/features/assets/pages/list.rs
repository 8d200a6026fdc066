//! The list: newest first, the archived ones, or those that a plate, number or name finds.
use super::super::model::AssetKind;
use super::super::parts::list::{AssetList, ListView};
use super::super::selectors;
use crate::kernel::page::Cursor;
use crate::kernel::permission::{EditCustomers, ViewCustomers};
use crate::server::prelude::*;
use leptos::prelude::*;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ListSearch {
    #[serde(deserialize_with = "crate::kernel::text::asked")]
    q: String,
    /// `archived`, or nothing for those that still come.
    view: String,
    before: Option<String>,
}

pub(crate) async fn list(mut scope: Scope<ViewCustomers>, Search(search): Search<ListSearch>) -> PageResult {
    let from = Cursor::parse(search.before.as_deref());
    let (query, archived) = (search.q.trim().to_owned(), search.view == "archived");
    let page = if !query.is_empty() {
        selectors::matching(&mut scope, &query).await?
    } else if archived {
        selectors::archived(&mut scope, from).await?
    } else {
        selectors::newest(&mut scope, from).await?
    };
    let session = scope.session();
    let kind = AssetKind::of_word(&session.settings.asset_word);
    let view = ListView {
        page,
        query,
        archived,
        later: from != Cursor::START,
        kind,
        unit: session.settings.distance_unit.clone(),
        zone: session.zone(),
        may_edit: session.allows::<EditCustomers>(),
    };
    let page = Page::new(kind.labels()).nav("/vehicles");
    Ok(scope.page(page, move || view! { <AssetList view /> }))
}
