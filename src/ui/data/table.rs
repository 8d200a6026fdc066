//! Tables. On a phone each row becomes a card and each cell says its column's name.

use leptos::prelude::*;

use super::list_page::SortLink;
use crate::ui::icon::Icon;
use crate::ui::text::MaybeText;

/// The head of a column.
#[derive(Clone, Debug)]
pub struct Column {
    label: String,
    numeric: bool,
    hidden: bool,
    wide: bool,
    sort: Option<Head>,
}

/// A head that leads to another order.
#[derive(Clone, Debug)]
struct Head {
    href: String,
    /// Whether the list is ordered by it, the largest first or the smallest.
    order: Option<bool>,
}

impl Column {
    /// A column of words.
    pub fn new(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            numeric: false,
            hidden: false,
            wide: false,
            sort: None,
        }
    }

    /// A column of figures, right-aligned.
    pub fn num(label: impl Into<String>) -> Self {
        Self {
            numeric: true,
            ..Self::new(label)
        }
    }

    /// A column whose head is only spoken, as over buttons.
    pub fn silent(label: impl Into<String>) -> Self {
        Self {
            hidden: true,
            ..Self::new(label)
        }
    }

    /// With these orders: its head leads to the first of them that the list does not have.
    #[must_use]
    pub fn sorted_by<'a>(self, orders: impl Iterator<Item = &'a SortLink>) -> Self {
        let orders: Vec<&SortLink> = orders.collect();
        let active = orders
            .iter()
            .find(|order| order.active)
            .map(|order| order.descending);
        let next = orders.iter().find(|order| !order.active);
        let next = next.or(orders.first()).map(|order| order.href.clone());
        let sort = next.map(|href| Head { href, order: active });
        Self { sort, ..self }
    }

    /// Only where there is room for it; its [`Cell`]s are `wide` too.
    pub fn wide(self) -> Self {
        Self { wide: true, ..self }
    }
}

impl From<&str> for Column {
    fn from(label: &str) -> Self {
        Self::new(label)
    }
}

/// A table with a spoken caption. The children are [`Row`]s.
#[component]
pub fn Table(
    /// What it lists, for screen readers.
    #[prop(into)]
    caption: String,
    /// The heads of the columns.
    columns: Vec<Column>,
    /// Stays a table on phones and scrolls.
    #[prop(optional)]
    keep: bool,
    /// Rows of sums.
    #[prop(optional, into)]
    foot: Option<ViewFnOnce>,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let heads = columns
        .into_iter()
        .map(
            |Column {
                 label,
                 numeric,
                 hidden,
                 wide,
                 sort,
             }| {
                let order = sort.as_ref().and_then(|head| head.order);
                let label = match sort {
                    _ if hidden => view! { <span class="sr-only">{label}</span> }.into_any(),
                    Some(head) => view! { <SortHead label head /> }.into_any(),
                    None => label.into_any(),
                };
                let order = order.map(|descending| if descending { "descending" } else { "ascending" });
                view! {
                    <th scope="col" class:num=numeric class:wide=wide aria-sort=order>
                        {label}
                    </th>
                }
            },
        )
        .collect_view();
    view! {
        <div class="table-wrap">
            <table class=if keep { "table" } else { "table table-cards" }>
                <caption>{caption}</caption>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{children()}</tbody>
                {foot.map(|foot| view! { <tfoot>{foot.run()}</tfoot> })}
            </table>
        </div>
    }
}

#[component]
fn SortHead(label: String, head: Head) -> impl IntoView {
    let icon = match head.order {
        Some(true) => "arrow-down",
        Some(false) => "arrow-up",
        None => "chevrons-up-down",
    };
    view! {
        <a class="sort-head" href=head.href>
            {label}
            <Icon name=icon class="icon-sm" />
        </a>
    }
}

/// One row.
#[component]
pub fn Row(
    /// The cells.
    children: Children,
) -> impl IntoView {
    view! { <tr>{children()}</tr> }
}

/// The first cell: what the row is. Its link covers the row.
#[component]
pub fn MainCell(
    /// What the row is.
    #[prop(into)]
    text: String,
    /// Where the row leads.
    #[prop(optional, into)]
    href: MaybeText,
    /// A smaller second line.
    #[prop(optional, into)]
    sub: MaybeText,
    /// A plate or a badge beside it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let name = match href.get() {
        Some(href) => view! {
            <a class="row-link" href=href>
                {text}
            </a>
        }
        .into_any(),
        None => view! { <span class="font-medium">{text}</span> }.into_any(),
    };
    view! {
        <td class="cell-main">
            <div>{name} {children.map(|children| children())}</div>
            {sub.get().map(|text| view! { <span class="sub">{text}</span> })}
        </td>
    }
}

/// Any other cell.
#[component]
pub fn Cell(
    /// The column's name, shown on phones.
    #[prop(optional, into)]
    label: MaybeText,
    /// Figures.
    #[prop(optional)]
    num: bool,
    /// Only where there is room for it.
    #[prop(optional)]
    wide: bool,
    /// A date or a time, which stays in one line.
    #[prop(optional)]
    date: bool,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    view! {
        <td class:num=num class:wide=wide class:date=date data-label=label.get()>
            {children()}
        </td>
    }
}
