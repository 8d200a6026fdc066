//! The list of payments.
use super::parts::{MethodSums, PaymentTable};
use super::selectors;
use crate::kernel::permission::ViewInvoices;
use crate::kernel::time::Month;
use crate::list_query;
use crate::server::prelude::*;
use crate::ui::prelude::{Empty, ListPage, MonthNav};
use leptos::prelude::*;

list_query! {
    /// Payments of all time, or of a month.
    pub(super) struct PaymentQuery shows PaymentControls at "/payments" { tabs: [], filters: [month: "Month"], sorted }
}

impl PaymentQuery {
    fn of(month: Option<Month>) -> Self {
        Self {
            month: month.map(|month| month.to_string()).unwrap_or_default(),
            ..Self::default()
        }
    }
}

pub(super) async fn list(mut scope: Scope<ViewInvoices>, Search(asked): Search<PaymentQuery>) -> PageResult {
    let month = Month::parse(&asked.month);
    let query = PaymentQuery {
        before: asked.before,
        ..PaymentQuery::of(month)
    };
    let zone = scope.session().working_branch()?.time_zone;
    let current = Month::of(scope.now().with_timezone(&zone).date_naive());
    let branches = scope.session().branch_filter();
    let sums = match month {
        Some(month) => selectors::by_method(&mut scope, month, &branches).await?,
        None => Vec::new(),
    };
    let page = selectors::list(&mut scope, month, &branches, query.cursor()).await?;
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
        .subtitle(subtitle.unwrap_or_else(|| "Payments and refunds, newest first".to_owned()))
        .empty(
            yet,
            Empty::new("credit-card", "No payments", none.unwrap_or_default()),
        );
    Ok(scope.page(Page::new("Payments").nav("/payments"), move || {
        let actions = move || view! { <MonthNav href=|month| PaymentQuery::of(month).href() month current/> };
        let tiles = sums.clone();
        let above = move || view! { <MethodSums sums=tiles currency/> };
        view! { <ListPage frame actions above><PaymentTable rows=page.rows sums currency/></ListPage> }
    }))
}
