//! All documents.
use super::super::model::{InvoiceRow, Sums};
use super::super::selectors::{self, Filter, Order};
use crate::domain::billing::Kind;
use crate::kernel::permission::ViewInvoices;
use crate::kernel::text_enum;
use crate::kernel::time::Month;
use crate::list_query;
use crate::server::http::list::Sort;
use crate::server::prelude::*;
use crate::ui::prelude::{
    Cell, Column, Empty, ListPage, MainCell, MonthNav, PhaseBadge, Row, Tab, Table, locale,
};
use leptos::prelude::*;

list_query! {
    /// `state` is a list with a name, or nothing for all documents.
    pub(crate) struct InvoiceQuery shows InvoiceControls at "/invoices" { tabs: [state: "State"], filters: [month: "Month"], sorted }
}

text_enum! {
    /// In which order.
    #[derive(Default)]
    pub(crate) enum InvoiceSort {
        #[default]
        Newest = "newest", "Newest first";
        Oldest = "oldest", "Oldest first";
        DueLast = "due-last", "Due latest first";
        Due = "due", "Due soonest first";
        Amount = "amount", "Largest amount due first";
    }
}

impl Sort for InvoiceSort {
    fn column(self) -> &'static str {
        match self {
            Self::Newest | Self::Oldest => "number",
            Self::DueLast | Self::Due => "due",
            Self::Amount => "open",
        }
    }
    fn descending(self) -> bool {
        !matches!(self, Self::Oldest | Self::Due)
    }
}

impl InvoiceSort {
    /// The orders that an index has for these documents, the usual one first.
    const fn offered(filter: Filter, month: Option<Month>) -> &'static [Self] {
        match (filter, month) {
            (_, Some(_)) => &[],
            (Filter::All, None) => &[Self::Newest, Self::Oldest],
            (Filter::Open | Filter::Overdue, None) => &[Self::DueLast, Self::Due, Self::Amount],
            (Filter::Draft | Filter::Paid, None) => &[],
        }
    }
    /// The order asked for where it is offered, or the usual one.
    fn applied(query: &InvoiceQuery, offered: &[Self]) -> Self {
        let asked = Self::of(query);
        let usual = offered.first().copied().unwrap_or_default();
        if offered.contains(&asked) { asked } else { usual }
    }
    /// What the selector is asked for, where it is not the usual order.
    const fn order(self) -> Option<Order> {
        match self {
            Self::Newest | Self::DueLast => None,
            Self::Oldest => Some(Order::OldestFirst),
            Self::Due => Some(Order::DueFirst),
            Self::Amount => Some(Order::LargestFirst),
        }
    }
}

impl InvoiceQuery {
    fn of(filter: Filter, month: Option<Month>) -> Self {
        let state = (filter != Filter::All).then(|| filter.name().to_owned());
        // A draft has no day of issue, so a month of drafts would be an empty page.
        let month = month.filter(|_| filter != Filter::Draft);
        Self {
            state: state.unwrap_or_default(),
            month: month.map(|month| month.to_string()).unwrap_or_default(),
            ..Self::default()
        }
    }
}

pub(crate) async fn list(mut scope: Scope<ViewInvoices>, Search(asked): Search<InvoiceQuery>) -> PageResult {
    let filter = Filter::parse(&asked.state).unwrap_or_default();
    let month = Month::parse(&asked.month).filter(|_| filter != Filter::Draft);
    let query = InvoiceQuery {
        before: asked.before,
        sort: asked.sort,
        ..InvoiceQuery::of(filter, month)
    };
    let offered = InvoiceSort::offered(filter, month);
    let sort = InvoiceSort::applied(&query, offered);
    let zone = scope.session().working_branch()?.time_zone;
    let current = Month::of(scope.now().with_timezone(&zone).date_naive());
    let branches = scope.session().branch_filter();
    let page = match sort.order() {
        Some(order) => selectors::list_by(&mut scope, filter, order, &branches, query.after()).await?,
        None => selectors::list(&mut scope, filter, month, &branches, query.cursor()).await?,
    };
    let sums = selectors::sums(&mut scope, filter, month, &branches).await?;
    let session = scope.session();
    let currency = session.settings.currency;
    let subtitle = match month {
        Some(month) => format!(
            "Issued in {}. Credit notes subtract.",
            session.locale().month(month)
        ),
        None if sort.order().is_some() => {
            format!("Invoices and credit notes, {}", sort.label().to_lowercase())
        }
        None => "Drafts, invoices and credit notes, newest first".to_owned(),
    };
    let tabs = Filter::ALL
        .into_iter()
        .map(|one| Tab::new(InvoiceQuery::of(one, month).href(), one.label(), one == filter));
    let frame = query
        .frame("Invoices", &page)
        .subtitle(subtitle)
        .orders(query.orders(sort, offered))
        .tabs(tabs.collect())
        .empty(
            nothing(filter, session.terms()),
            Empty::new("receipt", "No documents", no_documents(month, session.locale())),
        );
    let heads = [
        frame.sortable("number", "Number".into()),
        frame.sortable("due", "Due".into()),
        frame.sortable("open", Column::num("Open")),
    ];
    Ok(scope.page(Page::new("Invoices").nav("/invoices"), move || {
        let actions = move || {
            let href = move |month| InvoiceQuery::of(filter, month).href();
            (filter != Filter::Draft).then(|| view! { <MonthNav href month current/> })
        };
        view! { <ListPage frame actions>{documents_view(page.rows, heads, sums, currency)}</ListPage> }
    }))
}

fn documents_view(
    rows: Vec<InvoiceRow>,
    heads: [Column; 3],
    sums: Option<Sums>,
    currency: Currency,
) -> impl IntoView {
    let [number, due, open] = heads;
    let columns = vec![
        number,
        Column::new("Customer"),
        Column::new("Issued").wide(),
        due,
        Column::new("State"),
        open,
        Column::num("Total"),
    ];
    view! {
        <Table
            caption="Invoices and credit notes"
            columns
            foot=move || sums.map(|sums| sum_row_view(sums, currency))
        >
            {rows.into_iter().map(|row| view! { <Line row/> }).collect_view()}
        </Table>
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
fn sum_row_view(sums: Sums, currency: Currency) -> impl IntoView {
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

fn nothing(filter: Filter, terms: Terms) -> Empty {
    let (title, text) = match filter {
        Filter::All => (
            "No invoices yet",
            terms.say("Open a work order with approved work and create its invoice there."),
        ),
        Filter::Draft => (
            "No drafts",
            "Create a draft from a work order's approved work.".to_owned(),
        ),
        Filter::Overdue => ("Nothing is overdue", "Everything due has been paid.".to_owned()),
        Filter::Open | Filter::Paid => ("No documents", "No documents in this state.".to_owned()),
    };
    Empty::new("receipt", title, text)
}

fn no_documents(month: Option<Month>, locale: Locale) -> String {
    month.map_or_else(String::new, |month| {
        format!("No documents were issued in {}.", locale.month(month))
    })
}
