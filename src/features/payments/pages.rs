//! The list of payments.
use super::parts::{method_sums_view, payment_table_view};
use super::selectors::{self, Order};
use crate::kernel::permission::ViewInvoices;
use crate::kernel::text_enum;
use crate::kernel::time::Month;
use crate::list_query;
use crate::server::http::list::Sort;
use crate::server::prelude::*;
use crate::ui::prelude::{Column, Empty, ListPage, MonthNav};
use leptos::prelude::*;

list_query! {
    /// Payments of all time, or of a month.
    pub(super) struct PaymentQuery shows PaymentControls at "/payments" { tabs: [], filters: [month: "Month"], sorted }
}

text_enum! {
    /// In which order.
    #[derive(Default)]
    pub(super) enum PaymentSort {
        #[default]
        Newest = "newest", "Latest entry first";
        Received = "received", "Latest received first";
        Amount = "amount", "Largest amount first";
    }
}

impl Sort for PaymentSort {
    fn column(self) -> &'static str {
        match self {
            Self::Newest => "",
            Self::Received => "received",
            Self::Amount => "amount",
        }
    }
    fn descending(self) -> bool {
        true
    }
}

impl PaymentQuery {
    fn of(month: Option<Month>) -> Self {
        Self {
            month: month.map(|month| month.to_string()).unwrap_or_default(),
            ..Self::default()
        }
    }
}

/// What the list of all time holds, in words.
fn ordered(sort: Option<PaymentSort>) -> String {
    match sort {
        Some(sort) if sort != PaymentSort::Newest => {
            format!("Payments and refunds, {}", sort.label().to_lowercase())
        }
        _ => "Payments and refunds, newest first".to_owned(),
    }
}

pub(super) async fn list(mut scope: Scope<ViewInvoices>, Search(asked): Search<PaymentQuery>) -> PageResult {
    let month = Month::parse(&asked.month);
    let query = PaymentQuery {
        before: asked.before,
        sort: asked.sort,
        ..PaymentQuery::of(month)
    };
    // A month has an order of its own.
    let sort = month.is_none().then(|| PaymentSort::of(&query));
    let zone = scope.session().working_branch()?.time_zone;
    let current = Month::of(scope.now().with_timezone(&zone).date_naive());
    let branches = scope.session().branch_filter();
    let sums = match month {
        Some(month) => selectors::by_method(&mut scope, month, &branches).await?,
        None => Vec::new(),
    };
    let page = match sort {
        Some(PaymentSort::Received) => {
            selectors::list_by(&mut scope, Order::Received, &branches, query.after()).await?
        }
        Some(PaymentSort::Amount) => {
            selectors::list_by(&mut scope, Order::LargestFirst, &branches, query.after()).await?
        }
        Some(PaymentSort::Newest) | None => {
            selectors::list(&mut scope, month, &branches, query.cursor()).await?
        }
    };
    let orders = sort
        .map(|now| query.orders(now, &PaymentSort::ALL))
        .unwrap_or_default();
    let session = scope.session();
    let (currency, locale) = (session.settings.currency, session.locale());
    let subtitle = month.map(|month| format!("Received in {}. Reversals subtract.", locale.month(month)));
    let none = month.map(|month| format!("No payments in {}.", locale.month(month)));
    let yet = Empty::new(
        "credit-card",
        "No payments yet",
        "Open a posted invoice and choose “Record payment”.",
    );
    let frame = query
        .frame("Payments", &page)
        .orders(orders)
        .subtitle(subtitle.unwrap_or_else(|| ordered(sort)))
        .empty(
            yet,
            Empty::new("credit-card", "No payments", none.unwrap_or_default()),
        );
    let heads = [
        frame.sortable("received", "Received".into()),
        frame.sortable("amount", Column::num("Amount")),
    ];
    Ok(scope.page(Page::new("Payments").nav("/payments"), move || {
        let actions = move || view! { <MonthNav href=|month| PaymentQuery::of(month).href() month current/> };
        let tiles = sums.clone();
        let above = move || method_sums_view(tiles, currency);
        view! { <ListPage frame actions above>{payment_table_view(page.rows, heads, sums, currency)}</ListPage> }
    }))
}
