//! The list of payments, and what the forms of an invoice do.
use super::form::{PaymentForm, ReverseForm};
use super::model::{MethodSum, PaymentRow};
use super::parts::{MethodSums, Nothing, PaymentTable};
use super::{selectors, service};
use crate::features::invoices::{Answered, MonthNav, show_again};
use crate::kernel::page::{Cursor, Page as Rows};
use crate::kernel::permission::{RecordPayments, ReversePayments, ViewInvoices};
use crate::kernel::time::Month;
use crate::server::prelude::*;
use crate::ui::prelude::locale;
use crate::ui::prelude::{KeysetPager, PageHeader};
use leptos::prelude::*;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ListSearch {
    month: String,
    before: Option<String>,
}

struct List {
    month: Option<Month>,
    this_month: Month,
    rows: Rows<PaymentRow>,
    sums: Vec<MethodSum>,
    currency: Currency,
    first: bool,
}

pub(super) async fn list(mut scope: Scope<ViewInvoices>, Search(search): Search<ListSearch>) -> PageResult {
    let month = Month::parse(&search.month);
    let zone = scope.session().working_branch()?.time_zone;
    let branches = scope.session().branch_filter();
    let from = Cursor::parse(search.before.as_deref());
    let sums = match month {
        Some(month) => selectors::by_method(&mut scope, month, &branches).await?,
        None => Vec::new(),
    };
    let list = List {
        month,
        this_month: Month::of(scope.now().with_timezone(&zone).date_naive()),
        rows: selectors::list(&mut scope, month, &branches, from).await?,
        sums,
        currency: scope.session().settings.currency,
        first: search.before.is_none(),
    };
    Ok(scope.page(Page::new("Payments").nav("/payments"), move || view(list)))
}

fn href(month: Option<Month>) -> String {
    month.map_or_else(
        || "/payments".to_owned(),
        |month| format!("/payments?month={month}"),
    )
}

fn view(list: List) -> impl IntoView {
    let (month, currency) = (list.month, list.currency);
    let subtitle = match month {
        Some(month) => format!("Received in {}. Reversals subtract.", locale().month(month)),
        None => "Payments and refunds, newest first".to_owned(),
    };
    let link = href(month);
    let joint = if link.contains('?') { '&' } else { '?' };
    let older = list
        .rows
        .next
        .as_ref()
        .map(|next| format!("{link}{joint}before={next}"));
    let newer = (!list.first).then_some(link);
    let table = if list.rows.rows.is_empty() {
        view! { <Nothing month/> }.into_any()
    } else {
        let sums = list.sums.clone();
        view! { <PaymentTable rows=list.rows.rows sums currency/> <KeysetPager newer older newer_label="Newest"/> }.into_any()
    };
    view! {
        <PageHeader title="Payments" subtitle>
            <MonthNav href month current=list.this_month/>
        </PageHeader>
        <div class="stack">
            <MethodSums sums=list.sums currency/>
            <section class="card">{table}</section>
        </div>
    }
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
