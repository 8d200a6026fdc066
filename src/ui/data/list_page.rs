//! A list as a page: which list, what narrows it, the rows, and the way to more of them.

use leptos::prelude::*;

use super::empty::EmptyState;
use super::pager::KeysetPager;
use super::table::Column;
use super::tabs::{Tab, Tabs};
use crate::kernel::form::FieldView;
use crate::ui::form::{Button, ButtonLink, Variant};
use crate::ui::layout::{Card, Crumb, PageHeader};

/// What stands instead of rows.
#[derive(Clone, Debug, Default)]
pub struct Empty {
    pub icon: &'static str,
    pub title: String,
    pub text: String,
    /// The way to start: address and words.
    pub start: Option<(String, String)>,
}

impl Empty {
    /// Nothing is there, and why.
    pub fn new(icon: &'static str, title: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            icon,
            title: title.into(),
            text: text.into(),
            start: None,
        }
    }
    /// With a way to start.
    #[must_use]
    pub fn start(mut self, href: &str, label: impl Into<String>) -> Self {
        self.start = Some((href.to_owned(), label.into()));
        self
    }
}

/// One box to look for something.
#[derive(Clone, Debug, Default)]
pub struct SearchBox {
    /// The filter as the list declares it; its label is for screen readers.
    pub field: FieldView,
    /// What may be typed.
    pub placeholder: &'static str,
}

/// Another order of a list, as a link.
#[derive(Clone, Debug)]
pub struct SortLink {
    /// Whose head leads to it.
    pub column: &'static str,
    pub href: String,
    /// As the menu on a phone calls it: "Name, A to Z".
    pub label: String,
    /// Whether the largest comes first.
    pub descending: bool,
    /// Whether the list has it now.
    pub active: bool,
}

/// Everything of a list's page besides its rows.
#[derive(Clone, Debug, Default)]
pub struct ListFrame {
    pub title: String,
    pub subtitle: String,
    pub crumbs: Vec<Crumb>,
    /// The list's own address.
    pub path: &'static str,
    pub tabs: Vec<Tab>,
    /// The box that posts `q`.
    pub search: Option<SearchBox>,
    /// Whether something narrows it.
    pub narrowed: bool,
    /// The address of the same list with nothing that narrows it.
    pub clear: String,
    /// The orders that it can have.
    pub orders: Vec<SortLink>,
    pub newer: Option<String>,
    pub older: Option<String>,
    /// Whether there is no row.
    pub nothing: bool,
    /// Said when there is nothing at all.
    pub yet: Empty,
    /// Said when nothing fits.
    pub unfound: Empty,
}

impl ListFrame {
    /// One line under the title.
    #[must_use]
    pub fn subtitle(mut self, text: impl Into<String>) -> Self {
        self.subtitle = text.into();
        self
    }
    /// The pages above it.
    #[must_use]
    pub fn crumbs(mut self, crumbs: Vec<Crumb>) -> Self {
        self.crumbs = crumbs;
        self
    }
    /// Which lists there are.
    #[must_use]
    pub fn tabs(mut self, tabs: Vec<Tab>) -> Self {
        self.tabs = tabs;
        self
    }
    /// A box to look for something.
    #[must_use]
    pub fn search(mut self, field: FieldView, placeholder: &'static str) -> Self {
        self.search = Some(SearchBox { field, placeholder });
        self
    }
    /// The orders that it can have: heads of columns lead to them, and on a phone a row of links.
    #[must_use]
    pub fn orders(mut self, orders: Vec<SortLink>) -> Self {
        self.orders = orders;
        self
    }
    /// The head of a column that the list can be ordered by.
    #[must_use]
    pub fn sortable(&self, name: &str, column: Column) -> Column {
        column.sorted_by(self.orders.iter().filter(|order| order.column == name))
    }
    /// What is said when there is nothing at all, and when nothing fits.
    #[must_use]
    pub fn empty(mut self, yet: Empty, unfound: Empty) -> Self {
        (self.yet, self.unfound) = (yet, unfound);
        self
    }
}

/// Title, tabs, search, filters, rows and pager. The children are the rows' table; they are made only when there are rows.
#[component]
pub fn ListPage(
    /// Everything but the rows.
    frame: ListFrame,
    /// Buttons beside the title, the most important one last.
    #[prop(optional, into)]
    actions: Option<ViewFnOnce>,
    /// The button that takes the list out of here.
    #[prop(optional, into)]
    export: Option<ViewFnOnce>,
    /// A row of controls that narrow the list: a form that gets `frame.path`.
    #[prop(optional, into)]
    filters: Option<ViewFnOnce>,
    /// What stands between the tabs and the rows.
    #[prop(optional, into)]
    above: Option<ViewFnOnce>,
    /// The table.
    children: Children,
) -> impl IntoView {
    let label = frame.title.clone();
    let tabs = (!frame.tabs.is_empty()).then(|| view! { <Tabs label items=frame.tabs /> });
    let search = frame.search.map(
        |search| view! { <Find search path=frame.path narrowed=frame.narrowed clear=frame.clear.clone() /> },
    );
    let orders = (frame.orders.len() > 1 && !frame.nothing).then(|| view! { <SortBy orders=frame.orders /> });
    let rows = if frame.nothing {
        let empty = if frame.narrowed { frame.unfound } else { frame.yet };
        view! { <Nothing empty clear=frame.narrowed.then_some(frame.clear) /> }.into_any()
    } else {
        children().into_any()
    };
    view! {
        <PageHeader title=frame.title subtitle=frame.subtitle crumbs=frame.crumbs>
            {export.map(|export| export.run())}
            {actions.map(|actions| actions.run())}
        </PageHeader>
        <div>
            {tabs}
            {above.map(|above| above.run())}
            <Card flush=true>
                {search}
                {filters.map(|filters| filters.run())}
                {orders}
                {rows}
                <KeysetPager newer=frame.newer older=frame.older newer_label="Newest" />
            </Card>
        </div>
    }
}

#[component]
fn Find(search: SearchBox, path: &'static str, narrowed: bool, clear: String) -> impl IntoView {
    let clear = narrowed.then(|| view! { <ButtonLink href=clear label="Clear" variant=Variant::Ghost /> });
    view! {
        <form class="filters flex-nowrap border-b border-line p-3" method="get" action=path role="search">
            <input
                class="input min-w-0 grow"
                type="search"
                name=search.field.name
                value=search.field.values.into_iter().next()
                placeholder=search.placeholder
                aria-label=search.field.label
                maxlength="80"
                autocomplete="off"
                enterkeyhint="search"
            />
            <Button label="Find" icon="search" />
            {clear}
        </form>
    }
}

/// Where rows are cards, no head of a column can be pressed.
#[component]
fn SortBy(orders: Vec<SortLink>) -> impl IntoView {
    let links = orders
        .into_iter()
        .map(|order| {
            let current = order.active.then_some("true");
            view! { <a class="link tap" href=order.href aria-current=current>{order.label}</a> }
        })
        .collect_view();
    view! {
        <nav class="sort-by" aria-label="Sort by">
            <span>"Sort by"</span>
            {links}
        </nav>
    }
}

#[component]
fn Nothing(empty: Empty, clear: Option<String>) -> impl IntoView {
    let all = clear.map(|href| view! { <ButtonLink href label="Show all" /> });
    let start = empty
        .start
        .map(|(href, label)| view! { <ButtonLink href label variant=Variant::Primary /> });
    view! {
        <EmptyState icon=empty.icon title=empty.title text=empty.text>
            {all}
            {start}
        </EmptyState>
    }
}
