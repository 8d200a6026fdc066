//! The list of vehicles or devices.
use super::super::model::{AssetKind, AssetRow};
use crate::kernel::page::Page;
use crate::ui::prelude::*;
use leptos::prelude::*;

/// What the list shows.
pub(in super::super) struct ListView {
    pub page: Page<AssetRow>,
    pub query: String,
    pub archived: bool,
    /// Not the first page.
    pub later: bool,
    pub kind: AssetKind,
    pub unit: String,
    pub zone: chrono_tz::Tz,
    pub may_edit: bool,
}

#[component]
pub(in super::super) fn AssetList(view: ListView) -> AnyView {
    let kind = view.kind;
    let new = view.may_edit.then(|| {
        let label = format!("New {}", kind.word());
        view! { <ButtonLink href="/vehicles/new" label icon="plus" variant=Variant::Primary /> }
    });
    let tabs = vec![
        Tab::new("/vehicles", kind.labels(), !view.archived),
        Tab::new("/vehicles?view=archived", "Archived", view.archived),
    ];
    let query = view.query.clone();
    view! {
        <PageHeader title=kind.labels()>{new}</PageHeader>
        <div>
            <Tabs label=kind.labels() items=tabs />
            <Card flush=true>
                <Filter query kind />
                <Rows view />
            </Card>
        </div>
    }
    .into_any()
}

#[component]
fn Filter(query: String, kind: AssetKind) -> impl IntoView {
    let clear = (!query.is_empty())
        .then(|| view! { <ButtonLink href="/vehicles" label="Clear" variant=Variant::Ghost /> });
    let (placeholder, spoken) = match kind {
        AssetKind::Vehicle => ("Plate, VIN, make, model or unit number", "Find a vehicle"),
        AssetKind::Device => ("Serial number, IMEI, make or model", "Find a device"),
    };
    view! {
        <form class="filters flex-nowrap border-b border-line p-3" method="get" action="/vehicles" role="search">
            <input
                class="input min-w-0 grow"
                type="search"
                name="q"
                value=query
                placeholder=placeholder
                aria-label=spoken
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
    let vehicles = view.kind == AssetKind::Vehicle;
    let mut columns = vec![Column::new(view.kind.label()), Column::new("Owner")];
    if vehicles {
        columns.push(Column::num("Odometer"));
    }
    columns.push(Column::num("Last visit"));
    let of = if view.archived { "view=archived&" } else { "" };
    let older = view
        .page
        .next
        .as_ref()
        .map(|next| format!("/vehicles?{of}before={next}"));
    let newer = view.later.then_some({
        if view.archived {
            "/vehicles?view=archived"
        } else {
            "/vehicles"
        }
    });
    let (unit, zone) = (view.unit, view.zone);
    let rows = view
        .page
        .rows
        .into_iter()
        .map(|row| line(row, vehicles, &unit, zone))
        .collect_view();
    view! {
        <Table caption=view.kind.labels() columns>
            {rows}
        </Table>
        <KeysetPager newer older newer_label="Newest" />
    }
    .into_any()
}

fn line(row: AssetRow, vehicles: bool, unit: &str, zone: chrono_tz::Tz) -> AnyView {
    let year = row.model_year.map(|year| year.to_string()).unwrap_or_default();
    let name = joined([row.make, row.model, year], " ");
    let name = if name.is_empty() {
        "Unnamed".to_owned()
    } else {
        name
    };
    let mark = if row.vin.is_empty() { row.serial } else { row.vin };
    let sub = joined([row.color, mark], " · ");
    let plate = (!row.plate.is_empty()).then(|| view! { <Plate text=row.plate /> });
    let odometer = row.odometer.map(|value| locale().reading(value, unit));
    let odometer = vehicles.then(|| view! { <Cell label="Odometer" num=true>{odometer}</Cell> });
    let visit = row
        .last_visit
        .map_or_else(|| "Never".to_owned(), |at| locale().day_at(at, &zone));
    view! {
        <Row>
            <MainCell text=name href=format!("/vehicles/{}", row.id) sub>
                {plate}
            </MainCell>
            <Cell label="Owner">
                <a class="hover:underline" href=format!("/customers/{}", row.owner)>{row.owner_name}</a>
            </Cell>
            {odometer}
            <Cell label="Last visit" num=true>{visit}</Cell>
        </Row>
    }
    .into_any()
}

/// The texts that are there.
pub(super) fn joined<const N: usize>(texts: [String; N], between: &str) -> String {
    let texts: Vec<String> = texts.into_iter().filter(|text| !text.is_empty()).collect();
    texts.join(between)
}

#[component]
fn Nothing(view: ListView) -> AnyView {
    let (kind, word) = (view.kind, view.kind.word());
    if !view.query.is_empty() {
        let text = format!("No {word} matches “{}”.", view.query);
        return view! {
            <EmptyState icon="search" title=format!("No {word} found") text>
                <ButtonLink href="/vehicles" label=format!("Show all {word}s") />
            </EmptyState>
        }
        .into_any();
    }
    if view.archived {
        let text = format!("Archived {word}s keep their page and history and show here.");
        return view! { <EmptyState icon="archive" title="Nothing archived" text /> }.into_any();
    }
    let new = view.may_edit.then(|| {
        view! { <ButtonLink href="/vehicles/new" label=format!("Add the first {word}") variant=Variant::Primary /> }
    });
    view! {
        <EmptyState icon=kind.icon() title=format!("No {word}s yet") text="They are added at check-in, or you add them here.">
            {new}
        </EmptyState>
    }
    .into_any()
}
