//! The list of customers.
use super::super::model::CustomerRow;
use super::super::pages::{CustomerQuery, CustomerSort};
use crate::domain::customer::CustomerKind;
use crate::kernel::page::Slice;
use crate::kernel::text::dialled;
use crate::kernel::{Currency, Money};
use crate::server::http::list::Sort;
use crate::server::prelude::ListQuery;
use crate::ui::prelude::*;
use leptos::prelude::*;

/// What the list shows.
pub(in super::super) struct ListView {
    pub page: Slice<CustomerRow>,
    pub query: CustomerQuery,
    pub may_edit: bool,
    /// The currency of balances, where the member may see them.
    pub money: Option<Currency>,
}

pub(in super::super) fn customer_list_view(view: ListView) -> impl IntoView {
    let frame = frame(&view);
    let ListView {
        page,
        may_edit,
        money,
        ..
    } = view;
    let actions = move || {
        may_edit.then(|| view! { <ButtonLink href="/customers/new" label="New customer" icon="plus" variant=Variant::Primary /> })
    };
    let word = terms().asset().titles();
    let mut columns = vec![
        frame.sortable("name", "Customer".into()),
        "Phone".into(),
        Column::new("E-mail").wide(),
        "City".into(),
        Column::num(word.clone()),
    ];
    if money.is_some() {
        columns.push(Column::num("Open balance"));
    }
    let rows = page.rows.into_iter();
    let rows = rows.map(|row| line(row, money, &word)).collect_view();
    view! {
        <ListPage frame actions>
            <Table caption="Customers" columns>
                {rows}
            </Table>
        </ListPage>
    }
}

fn frame(view: &ListView) -> ListFrame {
    let query = &view.query;
    let archived = query.view == "archived";
    let tabs = vec![
        Tab::new("/customers", "Customers", !archived),
        Tab::new(
            query
                .cleared()
                .href_with(|query| query.view = "archived".to_owned()),
            "Archived",
            archived,
        ),
    ];
    let yet = if archived {
        let text = "Archived customers keep their page and documents and show here.";
        Empty::new("archive", "No archived customers", text)
    } else {
        let text = "They are added at check-in, or you add them here.";
        let yet = Empty::new("users", "No customers yet", text);
        if view.may_edit {
            yet.start("/customers/new", "Add the first customer")
        } else {
            yet
        }
    };
    let unfound = format!("No name, phone, e-mail or city matches “{}”.", query.q.trim());
    let orders = if archived || query.is_narrowed() {
        Vec::new()
    } else {
        query.orders(CustomerSort::of(query), &CustomerSort::ALL)
    };
    query
        .frame("Customers", &view.page)
        .orders(orders)
        .tabs(tabs)
        .search(
            query.controls().q.label("Find a customer"),
            "Name, phone, e-mail or city",
        )
        .empty(yet, Empty::new("search", "No customers found", unfound))
}

fn line(row: CustomerRow, money: Option<Currency>, word: &str) -> AnyView {
    let word = word.to_owned();
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

fn balance(currency: Currency, open: Money) -> AnyView {
    let text = (open.0 != 0).then(|| {
        let late = if open.0 > 0 { "font-medium" } else { "" };
        view! { <span class=late><Amount text=currency.show(open) /></span> }
    });
    view! { <Cell label="Open balance" num=true>{text}</Cell> }.into_any()
}
