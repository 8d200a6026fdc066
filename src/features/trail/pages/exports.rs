//! The log of exports.
use super::super::form::ExportSearch;
use super::super::parts::exports::Exports;
use super::super::selectors;
use super::insist;
use crate::kernel::page::Cursor;
use crate::kernel::permission::ViewTrails;
use crate::server::prelude::*;
use leptos::prelude::*;

pub(crate) async fn exports(
    mut scope: Scope<ViewTrails>,
    Search(search): Search<ExportSearch>,
) -> PageResult {
    insist(&scope)?;
    let from = Cursor::parse(search.before.as_deref());
    let rows = selectors::exports(&mut scope, from).await?;
    let (zone, later) = (scope.session().zone(), search.before.is_some());
    let page = Page::new("Exports").nav("/settings");
    Ok(scope.page(page, move || view! { <Exports rows zone later/> }))
}
