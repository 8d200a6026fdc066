//! The activity log: filters, sentences, and what stands behind each.
use super::super::form::TrailQuery;
use super::super::model::{EventRow, Fact, facts};
use super::{FilterForm, When, framed, whose_view};
use crate::kernel::MemberId;
use crate::kernel::form::Kind;
use crate::kernel::page::Slice;
use crate::server::prelude::ListQuery;
use crate::ui::prelude::*;
use chrono_tz::Tz;
use leptos::prelude::*;

pub(in super::super) struct EventsView {
    pub page: Slice<EventRow>,
    /// What an event can be about.
    pub kinds: Vec<(&'static str, &'static str)>,
    pub people: Vec<(MemberId, String)>,
    pub query: TrailQuery,
    pub zone: Tz,
}

pub(in super::super) fn events_view(view: EventsView) -> AnyView {
    let EventsView {
        page,
        kinds,
        people,
        query,
        zone,
    } = view;
    let subtitle = "Every change in the workshop, newest first. This list cannot be altered.";
    let frame = framed(&query, &page, "Activity log", subtitle).empty(
        Empty::new("history", "No activity", "Changes show here."),
        Empty::new("history", "No activity", "Nothing matches these filters."),
    );
    let filters = move || view! { <Filters query kinds people/> };
    let columns = vec![
        "What".into(),
        "Who".into(),
        "When".into(),
        "About".into(),
        Column::silent("Details"),
    ];
    let rows = page.rows.into_iter().map(|row| line(row, zone)).collect_view();
    view! { <ListPage frame filters><Table caption="Activity" columns>{rows}</Table></ListPage> }.into_any()
}

#[component]
fn Filters(
    query: TrailQuery,
    kinds: Vec<(&'static str, &'static str)>,
    people: Vec<(MemberId, String)>,
) -> AnyView {
    let all = std::iter::once((String::new(), "Everything".to_owned()));
    let kinds = kinds
        .into_iter()
        .map(|(name, label)| (name.to_owned(), terms().say(label)));
    let options: Vec<(String, String)> = all.chain(kinds).collect();
    let clear = query.is_narrowed().then(|| query.cleared().href());
    let controls = query.controls();
    let customer = controls
        .customer
        .is_set()
        .then(|| view! { <Hidden of=controls.customer/> });
    view! {
        <FilterForm path=TrailQuery::PATH clear>
            {customer}
            {whose_view(people, controls.person)}
            <Select of=controls.kind options/>
            <Field of=controls.from.kind(Kind::Date)/>
            <Field of=controls.to.kind(Kind::Date)/>
            <Field of=controls.q.kind(Kind::Search).at_most(100)/>
        </FilterForm>
    }
    .into_any()
}

fn line(row: EventRow, zone: Tz) -> AnyView {
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
