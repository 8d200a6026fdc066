//! The log of exports.
use super::super::form::ExportQuery;
use super::super::parts::exports::exports_view;
use super::super::selectors;
use super::insist;
use crate::kernel::permission::ViewTrails;
use crate::server::prelude::*;

pub(crate) async fn exports(mut scope: Scope<ViewTrails>, Search(query): Search<ExportQuery>) -> PageResult {
    insist(&scope)?;
    let rows = selectors::exports(&mut scope, query.cursor()).await?;
    let zone = scope.session().zone();
    let page = Page::new("Exports and prints").nav("/settings");
    Ok(scope.page(page, move || exports_view(rows, query, zone)))
}
