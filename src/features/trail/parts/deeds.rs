//! The activity log: filters, sentences, and what stands behind each.
use super::super::form::TrailSearch;
use super::super::model::{DeedRow, Fact, KINDS, facts};
use super::{Head, When, Whose};
use crate::kernel::MemberId;
use crate::kernel::page::Page;
use crate::ui::prelude::*;
use chrono_tz::Tz;
use leptos::prelude::*;

pub(in super::super) struct DeedsView {
    pub page: Page<DeedRow>,
    pub people: Vec<(MemberId, String)>,
    pub search: TrailSearch,
    pub zone: Tz,
}

#[component]
pub(in super::super) fn Deeds(view: DeedsView) -> AnyView {
    let DeedsView {
        page,
        people,
        search,
        zone,
    } = view;
    let older = page.next.as_deref().map(|next| search.href(Some(next)));
    let newer = search.before.is_some().then(|| search.href(None));
    let filters = search.clone();
    view! {
        <Head title="Activity log" subtitle="Every change in the workshop, newest first. This list cannot be altered." path="/trail"/>
        <Card flush=true>
            <Filters search=filters people/>
            <List rows=page.rows zone narrowed=search.narrows()/>
            <KeysetPager newer older newer_label="Newest"/>
        </Card>
    }
    .into_any()
}

#[component]
fn Filters(search: TrailSearch, people: Vec<(MemberId, String)>) -> AnyView {
    let all = std::iter::once((String::new(), "Everything".to_owned()));
    let kinds = KINDS
        .iter()
        .map(|(name, label)| ((*name).to_owned(), (*label).to_owned()));
    let options: Vec<(String, String)> = all.chain(kinds).collect();
    let clear = search
        .narrows()
        .then(|| view! { <ButtonLink href="/trail" label="Clear" variant=Variant::Ghost/> });
    let customer = (!search.customer.is_empty())
        .then(|| view! { <Hidden name="customer" value=search.customer.clone()/> });
    view! {
        <form class="filters items-end border-b border-line p-3" method="get" action="/trail" role="search">
            {customer}
            <Whose people selected=search.person/>
            <Select label="About" name="kind" options selected=search.kind/>
            <Field label="From" name="from" kind="date" value=search.from/>
            <Field label="To" name="to" kind="date" value=search.to/>
            <Field label="Text" name="q" kind="search" value=search.q autocomplete="off" maxlength=100u32/>
            <Button label="Show" icon="filter"/>
            {clear}
        </form>
    }
    .into_any()
}

#[component]
fn List(rows: Vec<DeedRow>, zone: Tz, narrowed: bool) -> AnyView {
    if rows.is_empty() {
        let text = if narrowed {
            "Nothing matches these filters."
        } else {
            "Changes show here."
        };
        return view! { <EmptyState icon="history" title="No activity" text/> }.into_any();
    }
    let columns = vec![
        "What".into(),
        "Who".into(),
        "When".into(),
        "About".into(),
        Column::silent("Details"),
    ];
    let rows = rows.into_iter().map(|row| line(row, zone)).collect_view();
    view! { <Table caption="Activity" columns>{rows}</Table> }.into_any()
}

fn line(row: DeedRow, zone: Tz) -> AnyView {
    let there = row.time_zone.as_deref().and_then(|name| name.parse().ok());
    let order = row.order.zip(row.number).map(|(id, number)| {
        view! { <a class="link whitespace-nowrap" href=format!("/work-orders/{id}")>{number}</a> }
    });
    let customer = row.customer.zip(row.customer_name).map(|(id, name)| {
        view! { <a class="link" href=format!("/customers/{id}")>{name}</a> }
    });
    let facts = row.detail.as_ref().map(facts).unwrap_or_default();
    view! {
        <Row>
            <MainCell text=row.summary/>
            <Cell label="Who">{row.who}</Cell>
            <When at=row.at zone=there.unwrap_or(zone)/>
            <Cell label="About"><span class="flex flex-wrap gap-x-3">{order}{customer}</span></Cell>
            <Cell><Details facts request=row.request_id/></Cell>
        </Row>
    }
    .into_any()
}

#[component]
fn Details(facts: Vec<Fact>, request: String) -> AnyView {
    if facts.is_empty() && request.is_empty() {
        return ().into_any();
    }
    let facts = facts.into_iter().map(|fact| {
        let before = fact
            .before
            .map(|before| view! { <del class="text-muted">{before}</del>" → " });
        view! { <li class="break-words"><span class="text-muted">{fact.name}": "</span>{before}<span>{fact.value}</span></li> }
    });
    let facts = facts.collect_view();
    let request =
        (!request.is_empty()).then(|| view! { <li class="text-muted">"Request "<code>{request}</code></li> });
    view! {
        <details>
            <summary class="link">"Details"</summary>
            <ul class="mt-1 grid gap-1 text-sm">{facts}{request}</ul>
        </details>
    }
    .into_any()
}
