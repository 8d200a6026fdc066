//! Paging by key: newer and older, no page numbers, no counting of everything.

use leptos::prelude::*;

use crate::ui::icon::Icon;
use crate::ui::text::MaybeText;

/// Links to the neighbouring pages of a list; nothing when there is only one page.
#[component]
pub fn KeysetPager(
    /// The page before this one.
    #[prop(optional, into)]
    newer: MaybeText,
    /// The page after this one.
    #[prop(optional, into)]
    older: MaybeText,
    /// What is shown: "25 customers".
    #[prop(optional, into)]
    summary: MaybeText,
    /// Words for the link back.
    #[prop(default = "Newer")]
    newer_label: &'static str,
    /// Words for the link on.
    #[prop(default = "Older")]
    older_label: &'static str,
) -> impl IntoView {
    if !newer.is_some() && !older.is_some() && !summary.is_some() {
        return ().into_any();
    }
    let back = newer.get().map(|href| {
        view! {
            <a class="btn btn-sm" rel="prev" href=href>
                <Icon name="chevron-left" class="icon-sm" />
                {newer_label}
            </a>
        }
    });
    let on = older.get().map(|href| {
        view! {
            <a class="btn btn-sm" rel="next" href=href>
                {older_label}
                <Icon name="chevron-right" class="icon-sm" />
            </a>
        }
    });
    view! {
        <nav class="pager" aria-label="Pages">
            <span>{summary.or_empty()}</span>
            <div>{back} {on}</div>
        </nav>
    }
    .into_any()
}
