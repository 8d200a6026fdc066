//! Views of one thing or filters of one list, each a link.

use leptos::prelude::*;

/// A link among others.
#[derive(Clone, Debug, Default)]
pub struct Tab {
    /// Where it leads.
    pub href: String,
    /// Its name.
    pub label: String,
    /// How many things are there.
    pub count: Option<u32>,
    /// Whether it is shown now.
    pub active: bool,
}

impl Tab {
    /// A tab without a count.
    pub fn new(href: impl Into<String>, label: impl Into<String>, active: bool) -> Self {
        Self {
            href: href.into(),
            label: label.into(),
            count: None,
            active,
        }
    }

    /// Shows how many things are there.
    pub fn count(self, count: u32) -> Self {
        Self {
            count: Some(count),
            ..self
        }
    }
}

fn link(tab: Tab) -> impl IntoView {
    let current = tab.active.then_some("page");
    view! {
        <a href=tab.href aria-current=current>
            {tab.label}
            {tab.count.map(|count| view! { <span class="count">{count}</span> })}
        </a>
    }
}

/// A line of tabs over the content.
#[component]
pub fn Tabs(
    /// What they are views of.
    #[prop(into)]
    label: String,
    /// The tabs.
    items: Vec<Tab>,
) -> impl IntoView {
    view! {
        <nav class="tabs" aria-label=label>
            {items.into_iter().map(link).collect_view()}
        </nav>
    }
}

/// A pressed row of links: day or week, board or list.
#[component]
pub fn SegmentedLinks(
    /// What they choose.
    #[prop(into)]
    label: String,
    /// The links.
    items: Vec<Tab>,
) -> impl IntoView {
    view! {
        <nav class="seg" aria-label=label>
            {items.into_iter().map(link).collect_view()}
        </nav>
    }
}
