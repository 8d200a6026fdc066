//! The list: newest first, the archived ones, or those that a name or number finds.
use super::super::parts::list::{CustomerList, ListView};
use super::super::selectors;
use crate::kernel::page::Cursor;
use crate::kernel::permission::{EditCustomers, ViewCustomers, ViewInvoices};
use crate::server::prelude::*;
use leptos::prelude::*;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ListSearch {
    #[serde(deserialize_with = "crate::kernel::text::asked")]
    q: String,
    /// `archived`, or nothing for those who are still customers.
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
    let view = ListView {
        page,
        query,
        archived,
        later: from != Cursor::START,
        may_edit: session.allows::<EditCustomers>(),
        money: session
            .allows::<ViewInvoices>()
            .then_some(session.settings.currency),
        devices: session.settings.asset_word == "device",
    };
    let page = Page::new("Customers").nav("/customers");
    Ok(scope.page(page, move || view! { <CustomerList view /> }))
}
