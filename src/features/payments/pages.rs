//! The list of payments, and what the forms of an invoice do.
use super::form::{PaymentForm, ReverseForm};
use super::parts::{MethodSums, PaymentTable};
use super::{selectors, service};
use crate::features::invoices::{Answered, MonthNav, show_again};
use crate::kernel::permission::{RecordPayments, ReversePayments, ViewInvoices};
use crate::kernel::time::Month;
use crate::list_query;
use crate::server::prelude::*;
use crate::ui::prelude::{Empty, ListPage};
use leptos::prelude::*;

list_query! {
    /// Payments of all time, or of a month.
    pub(super) struct PaymentQuery at "/payments" { tabs: [], filters: [month] }
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

pub(super) async fn record(
    mut scope: Scope<RecordPayments>,
    Id(invoice): Id<InvoiceId>,
    FormBody(form): FormBody<PaymentForm>,
) -> PageResult {
    let recorded = match form.parse(&scope.form_context()) {
        Ok(new) => service::record(&mut scope, invoice, &new, &form.key).await,
        Err(errors) => Err(errors.into()),
    };
    let done = |_| (format!("/invoices/{invoice}"), "Payment recorded");
    let again =
        async |scope, refused| show_again(scope, invoice, Answered::Pay(Filled::again(form, refused))).await;
    scope.answer(recorded, done, again).await
}

pub(super) async fn apply_credit(mut scope: Scope<RecordPayments>, Id(invoice): Id<InvoiceId>) -> PageResult {
    service::apply_credit(&mut scope, invoice).await?;
    scope
        .done(format!("/invoices/{invoice}"), "Paid from the customer's credit")
        .await
}

pub(super) async fn reverse(
    mut scope: Scope<ReversePayments>,
    Id(payment): Id<PaymentId>,
    FormBody(form): FormBody<ReverseForm>,
) -> PageResult {
    let reversed = match form.parse(&scope.form_context()) {
        Ok(why) => service::reverse(&mut scope, payment, &why, &form.key).await,
        Err(errors) => Err(errors.into()),
    };
    let done = |invoice: Option<InvoiceId>| {
        let to = invoice.map_or_else(|| "/payments".to_owned(), |id| format!("/invoices/{id}"));
        (to, "Payment reversed")
    };
    let again = async |mut scope: Scope<ReversePayments>, refused: Refused| {
        let found = selectors::first_invoice(&mut scope, payment).await;
        // What was never on an invoice has no page to be shown again on.
        let invoice = found.map_err(|missing| refused.conflict.clone().map_or(missing, AppError::from))?;
        let refused = Answered::Reverse(payment, Filled::again(form, refused));
        show_again(scope, invoice, refused).await
    };
    scope.answer(reversed, done, again).await
}
