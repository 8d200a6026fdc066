//! All documents.
use super::super::model::{InvoiceRow, Kind, Sums};
use super::super::parts::MonthNav;
use super::super::selectors::{self, Filter};
use crate::kernel::page::{Cursor, Page as Rows};
use crate::kernel::permission::ViewInvoices;
use crate::kernel::time::Month;
use crate::server::prelude::*;
use crate::ui::prelude::locale;
use crate::ui::prelude::{
    Cell, Column, EmptyState, KeysetPager, MainCell, PageHeader, PhaseBadge, Row, Tab, Table, Tabs, terms,
};
use leptos::prelude::*;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ListSearch {
    state: String,
    month: String,
    before: Option<String>,
}

struct List {
    filter: Filter,
    month: Option<Month>,
    this_month: Month,
    rows: Rows<InvoiceRow>,
    sums: Option<Sums>,
    currency: Currency,
    first: bool,
}

pub(crate) async fn list(mut scope: Scope<ViewInvoices>, Search(search): Search<ListSearch>) -> PageResult {
    let filter = Filter::parse(&search.state).unwrap_or_default();
    // A draft has no day of issue, so a month of drafts would be an empty page.
    let month = Month::parse(&search.month).filter(|_| filter != Filter::Draft);
    let zone = scope.session().working_branch()?.time_zone;
    let this_month = Month::of(scope.now().with_timezone(&zone).date_naive());
    let branches = scope.session().branch_filter();
    let from = Cursor::parse(search.before.as_deref());
    let list = List {
        filter,
        month,
        this_month,
        rows: selectors::list(&mut scope, filter, month, &branches, from).await?,
        sums: selectors::sums(&mut scope, filter, month, &branches).await?,
        currency: scope.session().settings.currency,
        first: search.before.is_none(),
    };
    Ok(scope.page(Page::new("Invoices").nav("/invoices"), move || view(list)))
}

fn href(filter: Filter, month: Option<Month>) -> String {
    let state = (filter != Filter::All).then(|| format!("state={}", filter.name()));
    let month = month
        .filter(|_| filter != Filter::Draft)
        .map(|month| format!("month={month}"));
    let query = [state, month].into_iter().flatten().collect::<Vec<_>>().join("&");
    if query.is_empty() {
        "/invoices".to_owned()
    } else {
        format!("/invoices?{query}")
    }
}

fn view(list: List) -> impl IntoView {
    let (filter, month) = (list.filter, list.month);
    let tabs = Filter::ALL
        .into_iter()
        .map(|one| Tab::new(href(one, month), one.label(), one == filter))
        .collect();
    let subtitle = match month {
        Some(month) => format!("Issued in {}. Credit notes subtract.", locale().month(month)),
        None => "Drafts, invoices and credit notes, newest first".to_owned(),
    };
    let months = (filter != Filter::Draft).then(|| {
        view! { <MonthNav href=move |month| href(filter, month) month current=list.this_month/> }
    });
    view! {
        <PageHeader title="Invoices" subtitle>{months}</PageHeader>
        <Tabs label="Which invoices" items=tabs/>
        <section class="card">{rows(list)}</section>
    }
}

fn rows(list: List) -> AnyView {
    let link = href(list.filter, list.month);
    if list.rows.rows.is_empty() {
        return view! { <Nothing filter=list.filter month=list.month/> }.into_any();
    }
    let joint = if link.contains('?') { '&' } else { '?' };
    let older = list
        .rows
        .next
        .as_ref()
        .map(|next| format!("{link}{joint}before={next}"));
    let newer = (!list.first).then_some(link);
    let (currency, sums) = (list.currency, list.sums);
    let columns = vec![
        Column::new("Number"),
        Column::new("Customer"),
        Column::new("Issued").wide(),
        Column::new("Due"),
        Column::new("State"),
        Column::num("Open"),
        Column::num("Total"),
    ];
    view! {
        <Table
            caption="Invoices and credit notes"
            columns
            foot=move || sums.map(|sums| view! { <SumRow sums currency/> })
        >
            {list.rows.rows.into_iter().map(|row| view! { <Line row/> }).collect_view()}
        </Table>
        <KeysetPager newer older newer_label="Newest"/>
    }
    .into_any()
}

#[component]
fn Line(row: InvoiceRow) -> impl IntoView {
    let currency = Currency::stored(&row.currency).unwrap_or(Currency::EUR);
    // An empty cell disappears on phones, one with an empty text does not.
    let open = (!row.open.is_zero()).then(|| currency.show(row.open));
    let due = row
        .due_on
        .filter(|_| row.kind == Kind::Invoice)
        .map(|day| locale().day(day));
    let number = row.number.unwrap_or_else(|| "Draft".to_owned());
    view! {
        <Row>
            <MainCell text=number href=format!("/invoices/{}", row.id) sub=row.about/>
            <Cell label="Customer">{row.customer}</Cell>
            <Cell label="Issued" wide=true date=true>{row.issued_on.map(|day| locale().day(day))}</Cell>
            <Cell label="Due" date=true>{due}</Cell>
            <Cell label="State">
                <PhaseBadge label=row.state.label() tone=row.state.tone()/>
            </Cell>
            <Cell label="Open" num=true>{open}</Cell>
            <Cell label="Total" num=true>{currency.show(row.kind.signed(row.total))}</Cell>
        </Row>
    }
}

/// The sum of all pages of the filter, not only of the rows above it.
#[component]
fn SumRow(sums: Sums, currency: Currency) -> impl IntoView {
    let label = if sums.documents == 1 {
        "Total of 1 document".to_owned()
    } else {
        format!("Total of {} documents", sums.documents)
    };
    view! {
        <tr>
            <th scope="row" colspan="5">{label}</th>
            <td class="num" data-label="Open">{currency.show(sums.open)}</td>
            <td class="num" data-label="Total">{currency.show(sums.total)}</td>
        </tr>
    }
}

#[component]
fn Nothing(filter: Filter, month: Option<Month>) -> impl IntoView {
    let (title, text) = match (filter, month) {
        (Filter::All, None) => (
            "No invoices yet",
            terms().say("Open a work order with approved work and create its invoice there."),
        ),
        (Filter::Draft, _) => (
            "No drafts",
            "Create a draft from a work order's approved work.".to_owned(),
        ),
        (Filter::Overdue, None) => ("Nothing is overdue", "Everything due has been paid.".to_owned()),
        (_, Some(month)) => (
            "No documents",
            format!("No documents were issued in {}.", locale().month(month)),
        ),
        _ => ("No documents", "No documents in this state.".to_owned()),
    };
    view! { <EmptyState icon="receipt" title text/> }
}
