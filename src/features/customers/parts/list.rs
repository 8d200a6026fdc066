//! The list of customers.
use super::super::model::{CustomerKind, CustomerRow};
use crate::kernel::page::Page;
use crate::kernel::text::dialled;
use crate::kernel::{Currency, Money as Amount};
use crate::ui::prelude::*;
use leptos::prelude::*;

/// What the list shows.
pub(in super::super) struct ListView {
    pub page: Page<CustomerRow>,
    pub query: String,
    pub archived: bool,
    /// Not the first page.
    pub later: bool,
    pub may_edit: bool,
    /// The currency of balances, where the member may see them.
    pub money: Option<Currency>,
    pub devices: bool,
}

#[component]
pub(in super::super) fn CustomerList(view: ListView) -> impl IntoView {
    let new = view.may_edit.then(|| {
        view! { <ButtonLink href="/customers/new" label="New customer" icon="plus" variant=Variant::Primary /> }
    });
    let tabs = vec![
        Tab::new("/customers", "Customers", !view.archived),
        Tab::new("/customers?view=archived", "Archived", view.archived),
    ];
    let query = view.query.clone();
    view! {
        <PageHeader title="Customers">{new}</PageHeader>
        <div>
            <Tabs label="Customers" items=tabs />
            <Card flush=true>
                <Filter query />
                <Rows view />
            </Card>
        </div>
    }
}

#[component]
fn Filter(query: String) -> impl IntoView {
    let clear = (!query.is_empty())
        .then(|| view! { <ButtonLink href="/customers" label="Clear" variant=Variant::Ghost /> });
    view! {
        <form class="filters flex-nowrap border-b border-line p-3" method="get" action="/customers" role="search">
            <input
                class="input min-w-0 grow"
                type="search"
                name="q"
                value=query
                placeholder="Name, phone, e-mail or city"
                aria-label="Find a customer"
                autocomplete="off"
                enterkeyhint="search"
            />
            <Button label="Find" icon="search" />
            {clear}
        </form>
    }
}

#[component]
fn Rows(view: ListView) -> AnyView {
    if view.page.rows.is_empty() {
        return view! { <Nothing view /> }.into_any();
    }
    let word = if view.devices { "Devices" } else { "Vehicles" };
    let mut columns = vec![
        "Customer".into(),
        "Phone".into(),
        Column::new("E-mail").wide(),
        "City".into(),
        Column::num(word),
    ];
    if view.money.is_some() {
        columns.push(Column::num("Open balance"));
    }
    let (older, newer) = pager(&view);
    let money = view.money;
    let rows = view
        .page
        .rows
        .into_iter()
        .map(|row| line(row, money, word))
        .collect_view();
    view! {
        <Table caption="Customers" columns>
            {rows}
        </Table>
        <KeysetPager newer older newer_label="Newest" />
    }
    .into_any()
}

fn line(row: CustomerRow, money: Option<Currency>, word: &'static str) -> AnyView {
    let company = row.kind == CustomerKind::Company.name();
    let badge = company.then(|| view! { <Badge label="Company" icon="building" /> });
    let phone = (!row.phone.is_empty())
        .then(|| view! { <a class="whitespace-nowrap hover:underline" href=format!("tel:{}", dialled(&row.phone))>{row.phone.clone()}</a> });
    let email = (!row.email.is_empty()).then(
        || view! { <a class="text-muted hover:underline" href=format!("mailto:{}", row.email)><EmailText text=row.email.clone()/></a> },
    );
    let balance = money.map(|currency| balance(currency, row.open));
    view! {
        <Row>
            <MainCell text=row.name href=format!("/customers/{}", row.id) sub=row.contact_name>
                {badge}
            </MainCell>
            <Cell label="Phone">{phone}</Cell>
            <Cell label="E-mail" wide=true>{email}</Cell>
            <Cell label="City">{row.city}</Cell>
            <Cell label=word num=true>{row.assets}</Cell>
            {balance}
        </Row>
    }
    .into_any()
}

fn balance(currency: Currency, open: Amount) -> AnyView {
    let text = (open.0 != 0).then(|| {
        let late = if open.0 > 0 { "font-medium" } else { "" };
        view! { <span class=late><Money text=currency.show(open) /></span> }
    });
    view! { <Cell label="Open balance" num=true>{text}</Cell> }.into_any()
}

fn pager(view: &ListView) -> (Option<String>, Option<String>) {
    let of = if view.archived { "view=archived&" } else { "" };
    let older = view
        .page
        .next
        .as_ref()
        .map(|next| format!("/customers?{of}before={next}"));
    let first = if view.archived {
        "/customers?view=archived"
    } else {
        "/customers"
    };
    (older, view.later.then(|| first.to_owned()))
}

#[component]
fn Nothing(view: ListView) -> AnyView {
    if !view.query.is_empty() {
        let text = format!("No name, phone, e-mail or city matches “{}”.", view.query);
        return view! {
            <EmptyState icon="search" title="No customers found" text>
                <ButtonLink href="/customers" label="Show all customers" />
            </EmptyState>
        }
        .into_any();
    }
    if view.archived {
        return view! { <EmptyState icon="archive" title="No archived customers" text="Archived customers keep their page and documents and show here." /> }.into_any();
    }
    let new = view
        .may_edit
        .then(|| view! { <ButtonLink href="/customers/new" label="Add the first customer" variant=Variant::Primary /> });
    view! {
        <EmptyState icon="users" title="No customers yet" text="They are added at check-in, or you add them here.">
            {new}
        </EmptyState>
    }
    .into_any()
}
