//! What was done to it, at every branch; what it is and whose.
use super::super::model::Visit;
use super::view::ShowView;
use crate::domain::order::number_text;
use crate::kernel::AssetKind;
use crate::kernel::text::dialled;
use crate::ui::prelude::*;
use leptos::prelude::*;

#[component]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub(super) fn History(view: ShowView) -> AnyView {
    if view.whole.visits.is_empty() {
        let text = terms().say("Its work orders from all branches show here.");
        return view! {
            <Card title="Service history">
                <EmptyState icon="history" title="No visits yet" text />
            </Card>
        }
        .into_any();
    }
    let columns = vec![
        Column::new(terms().work_order().title()),
        "Branch".into(),
        "Phase".into(),
        "Received".into(),
        Column::num("Total"),
    ];
    let rows = view
        .whole
        .visits
        .clone()
        .into_iter()
        .map(|visit| row(visit, &view))
        .collect_view();
    let print = format!("{}/history", view.href());
    view! {
        <Card title="Service history" flush=true actions=move || view! { <ButtonLink href=print label="Print" size=Size::Small icon="printer" /> }>
            <Table caption="Service history" columns>
                {rows}
            </Table>
        </Card>
    }
    .into_any()
}

/// Only an order of the member's own branches can be opened.
fn row(visit: Visit, view: &ShowView) -> AnyView {
    let number = number_text(&visit.branch_code, visit.number);
    let href = view
        .own_branches
        .contains(&visit.branch)
        .then(|| format!("/work-orders/{}", visit.id));
    let meter = visit
        .odometer_in
        .map(|value| format!(" · {} {}", locale().count(i64::from(value)), view.unit))
        .unwrap_or_default();
    let received = locale().day_at(visit.created_at, &view.zone);
    let (total, prices) = (view.currency.show(visit.total), view.prices());
    view! {
        <Row>
            <MainCell text=number href sub=visit.jobs>
                <PastWork jobs=visit.work prices />
            </MainCell>
            <Cell label="Branch">{visit.branch_name}</Cell>
            <Cell label="Phase">
                <PhaseBadge label=visit.phase.label() tone=visit.phase.tone() />
            </Cell>
            <Cell label="Received" date=true>
                <span><span class="whitespace-nowrap">{received}</span> <span class="whitespace-nowrap text-muted">{meter}</span></span>
            </Cell>
            <Cell label="Total" num=true>
                <Amount text=total />
            </Cell>
        </Row>
    }
    .into_any()
}

pub(super) fn owner_card_view(view: ShowView) -> AnyView {
    let asset = view.whole.asset;
    let dialled = dialled(&asset.owner_phone);
    let phone = (!asset.owner_phone.is_empty()).then(|| {
        view! { <ButtonLink href=format!("tel:{dialled}") label=asset.owner_phone icon="phone" /> }
    });
    let left = asset
        .owner_archived
        .then(|| view! { <Badge label="Archived" tone=Tone::Warning icon="archive" /> });
    view! {
        <Card title="Owner">
            <div class="grid gap-3">
                <div class="flex flex-wrap items-center gap-2">
                    <Avatar name=asset.owner_name.clone() />
                    <a class="link min-w-0 break-words font-medium" href=format!("/customers/{}", asset.owner)>{asset.owner_name}</a>
                    {left}
                </div>
                {phone}
            </div>
        </Card>
    }
    .into_any()
}

#[component]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub(super) fn Facts(view: ShowView) -> AnyView {
    let asset = view.whole.asset.clone();
    let doubtful = asset.data.vin_doubtful();
    let data = asset.data;
    let year = data.model_year.map(|year| year.to_string()).unwrap_or_default();
    let odometer = asset
        .odometer
        .map(|value| locale().reading(value, &view.unit))
        .unwrap_or_default();
    let notes = (!data.notes.is_empty())
        .then(|| view! { <p class="mt-4 whitespace-pre-line break-words border-t border-line pt-4">{data.notes}</p> });
    let vehicle = data.kind == AssetKind::Vehicle;
    let doubt = doubtful.then(|| {
        view! {
            <Badge label="Check digit is wrong" tone=Tone::Warning icon="alert-triangle" />
            <span class="block text-sm text-muted">"Compare it with the registration document."</span>
        }
    });
    let vin = vehicle.then(|| {
        (!data.vin.is_empty())
            .then(|| view! { <Fact label="VIN"><code class="break-all">{data.vin}</code> {doubt}</Fact> })
    });
    view! {
        <Card title=terms().asset().title()>
            <DescriptionList>
                {fact("Plate", data.plate)}
                {vin}
                {fact("Serial", data.serial)}
                {fact("Make", data.make)}
                {fact("Model", data.model)}
                {fact("Year", year)}
                {fact(locale().word("Color"), data.color)}
                {fact("Engine", data.engine)}
                {fact("Unit number", data.unit_number)}
                {fact("Odometer", odometer)}
            </DescriptionList>
            {notes}
        </Card>
    }
    .into_any()
}

/// A fact that may be missing.
fn fact(label: &'static str, value: String) -> Option<AnyView> {
    (!value.is_empty()).then(|| view! { <Fact label>{value}</Fact> }.into_any())
}
