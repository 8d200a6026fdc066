//! The list of vehicles or devices.
use super::super::model::AssetRow;
use super::super::pages::{AssetQuery, AssetSort};
use crate::kernel::AssetKind;
use crate::kernel::page::Slice;
use crate::kernel::text::joined;
use crate::server::http::list::Sort;
use crate::server::prelude::ListQuery;
use crate::ui::prelude::*;
use leptos::prelude::*;

/// What the list shows.
pub(in super::super) struct ListView {
    pub page: Slice<AssetRow>,
    pub query: AssetQuery,
    pub kind: AssetKind,
    pub unit: String,
    pub zone: chrono_tz::Tz,
    pub may_edit: bool,
}

pub(in super::super) fn asset_list_view(view: ListView) -> AnyView {
    let frame = frame(&view);
    let ListView {
        page,
        kind,
        unit,
        zone,
        may_edit,
        ..
    } = view;
    let actions = move || {
        may_edit.then(|| {
            let label = format!("New {}", terms().asset().one);
            view! { <ButtonLink href="/vehicles/new" label icon="plus" variant=Variant::Primary /> }
        })
    };
    let vehicles = kind == AssetKind::Vehicle;
    let mut columns = vec![
        frame.sortable("plate", Column::new(terms().asset().title())),
        Column::new("Owner"),
    ];
    if vehicles {
        columns.push(Column::num("Odometer"));
    }
    columns.push(Column::num("Last visit"));
    let rows = page.rows.into_iter();
    let rows = rows.map(|row| line(row, vehicles, &unit, zone)).collect_view();
    view! {
        <ListPage frame actions>
            <Table caption=terms().asset().titles() columns>
                {rows}
            </Table>
        </ListPage>
    }
    .into_any()
}

fn frame(view: &ListView) -> ListFrame {
    let (query, kind, asset) = (&view.query, view.kind, terms().asset());
    let (word, words) = (asset.one, asset.many);
    let archived = query.view == "archived";
    let tabs = vec![
        Tab::new("/vehicles", asset.titles(), !archived),
        Tab::new(
            query
                .cleared()
                .href_with(|query| query.view = "archived".to_owned()),
            "Archived",
            archived,
        ),
    ];
    let yet = if archived {
        let text = format!("Archived {words} keep their page and history and show here.");
        Empty::new("archive", "Nothing archived", text)
    } else {
        let text = "They are added at check-in, or you add them here.";
        let yet = Empty::new(kind.icon(), format!("No {words} yet"), text);
        if view.may_edit {
            yet.start("/vehicles/new", format!("Add the first {word}"))
        } else {
            yet
        }
    };
    let unfound = format!("No {word} matches “{}”.", query.q.trim());
    let unfound = Empty::new("search", format!("No {word} found"), unfound);
    let placeholder = match kind {
        AssetKind::Vehicle => "Plate, VIN, make, model or unit number",
        AssetKind::Device => "Serial number, IMEI, make or model",
    };
    let spoken = terms().say("Find a vehicle");
    let orders = if archived || query.is_narrowed() || kind != AssetKind::Vehicle {
        Vec::new()
    } else {
        query.orders(AssetSort::of(query), &AssetSort::ALL)
    };
    query
        .frame(&asset.titles(), &view.page)
        .orders(orders)
        .tabs(tabs)
        .search(query.controls().q.label(spoken), placeholder)
        .empty(yet, unfound)
}

fn line(row: AssetRow, vehicles: bool, unit: &str, zone: chrono_tz::Tz) -> AnyView {
    let year = row.model_year.map(|year| year.to_string()).unwrap_or_default();
    let name = joined(" ", [row.make, row.model, year]);
    let name = if name.is_empty() {
        "Unnamed".to_owned()
    } else {
        name
    };
    let mark = if row.vin.is_empty() { row.serial } else { row.vin };
    let sub = joined(" · ", [row.color, mark]);
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
