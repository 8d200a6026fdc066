//! The list: newest first, the archived ones, or those that a name or number finds.
use super::super::parts::list::{ListView, customer_list_view};
use super::super::selectors;
use crate::kernel::permission::{EditCustomers, ViewCustomers, ViewInvoices};
use crate::kernel::text_enum;
use crate::list_query;
use crate::server::http::list::Sort;
use crate::server::prelude::*;

list_query! {
    /// `view` is `archived`, or nothing for those who are still customers.
    pub(crate) struct CustomerQuery shows CustomerControls at "/customers" { tabs: [view: "List"], filters: [q: "Search"], sorted }
}

text_enum! {
    /// In which order.
    #[derive(Default)]
    pub(crate) enum CustomerSort {
        #[default]
        Newest = "newest", "Newest first";
        Name = "name", "Name, A to Z";
        NameDown = "name-down", "Name, Z to A";
    }
}

impl Sort for CustomerSort {
    fn column(self) -> &'static str {
        match self {
            Self::Newest => "",
            Self::Name | Self::NameDown => "name",
        }
    }
    fn descending(self) -> bool {
        self != Self::Name
    }
}

pub(crate) async fn list(
    mut scope: Scope<ViewCustomers>,
    Search(query): Search<CustomerQuery>,
) -> PageResult {
    let page = if query.is_narrowed() {
        selectors::matching(&mut scope, query.q.trim()).await?
    } else if query.view == "archived" {
        selectors::archived(&mut scope, query.cursor()).await?
    } else {
        match CustomerSort::of(&query) {
            CustomerSort::Newest => selectors::newest(&mut scope, query.cursor()).await?,
            sort => selectors::by_name(&mut scope, sort.descending(), query.after()).await?,
        }
    };
    let session = scope.session();
    let view = ListView {
        page,
        query,
        may_edit: session.allows::<EditCustomers>(),
        money: session
            .allows::<ViewInvoices>()
            .then_some(session.settings.currency),
    };
    let page = Page::new("Customers").nav("/customers");
    Ok(scope.page(page, move || customer_list_view(view)))
}
