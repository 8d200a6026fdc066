//! `/search?q=`: everything found, in groups; works without a script.
use super::model::{Hit, HitKind, grouped};
use super::parts::HitBody;
use super::selectors;
use crate::kernel::permission::UseWorkshop;
use crate::query;
use crate::server::prelude::*;
use crate::ui::prelude::*;
use leptos::prelude::*;

query! {
    pub(super) struct Query {
        q,
    }
}

pub(super) async fn show(mut scope: Scope<UseWorkshop>, Search(search): Search<Query>) -> PageResult {
    let query = search.q.trim().to_owned();
    let hits = selectors::find(&mut scope, &query, selectors::MANY).await?;
    let page = Page::new("Search").search(&query);
    Ok(scope.page(page, move || view! { <Results query hits /> }))
}

#[component]
fn Results(query: String, hits: Vec<Hit>) -> AnyView {
    let subtitle = match hits.len() {
        0 => String::new(),
        1 => format!("1 result for “{query}”"),
        n => format!("{n} results for “{query}”"),
    };
    let empty = hits.is_empty().then(|| nothing(&query));
    let groups = grouped(hits)
        .into_iter()
        .map(|(kind, hits)| view! { <Group kind hits /> })
        .collect_view();
    view! {
        <PageHeader title="Search" subtitle />
        {empty}
        <div class="stack max-w-form">{groups}</div>
    }
    .into_any()
}

fn nothing(query: &str) -> AnyView {
    let order = terms().work_order().one;
    let marks = if terms().devices() {
        "a name, a phone number, a serial number or IMEI"
    } else {
        "a plate, a name, a phone number, a VIN"
    };
    let (title, text) = if query.chars().count() < 2 {
        (
            "What are you looking for?".to_owned(),
            format!("Enter {marks}, or the number of a {order}."),
        )
    } else {
        (
            format!("No results for “{query}”"),
            format!("Try fewer letters, or {marks}, or the number of a {order}."),
        )
    };
    view! { <EmptyState icon="search" title text /> }.into_any()
}

#[component]
fn Group(kind: HitKind, hits: Vec<Hit>) -> AnyView {
    let full = hits.len() >= selectors::MANY as usize;
    let more = full.then(|| view! { <p class="px-4 py-3 text-sm text-muted">"Only the best matches are shown. Type more to narrow them down."</p> });
    let rows = hits
        .into_iter()
        .map(|hit| {
            let href = hit.href.clone();
            view! {
                <li>
                    <a class="search-hit" href=href>
                        <HitBody hit />
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <Card title=terms().say(kind.label()) flush=true>
            <ul class="search-list">{rows}</ul>
            {more}
        </Card>
    }
    .into_any()
}
