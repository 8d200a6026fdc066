//! What the customer brings, what was done to it, and what it cost.
use super::super::model::{AssetSummary, InvoiceSummary, OrderSummary};
use super::view::ShowView;
use crate::domain::billing::InvoiceState;
use crate::domain::order::number_text;
use crate::domain::past::titles;
use crate::kernel::Money;
use crate::ui::prelude::*;
use leptos::prelude::*;

pub(super) fn assets_view(view: ShowView) -> AnyView {
    let (asset, icon) = (terms().asset(), terms().kind.icon());
    let (title, word) = (asset.titles(), asset.one);
    let may_add = view.may_edit && !view.archived();
    let add_href = format!("/vehicles/new?customer={}", view.whole.customer.id);
    let add = may_add.then(
        || view! { <ButtonLink href=add_href label=format!("Add {word}") size=Size::Small icon="plus" /> },
    );
    if view.whole.assets.is_empty() {
        return view! {
            <Card title actions=move || add>
                <EmptyState icon title=format!("No {word} yet") text=terms().say("Every work order is for a vehicle.") />
            </Card>
        }
        .into_any();
    }
    let odometers = !terms().devices();
    let columns = [Column::new(asset.title())]
        .into_iter()
        .chain(odometers.then(|| Column::num("Odometer")))
        .chain([Column::num("Last visit")])
        .collect::<Vec<_>>();
    let rows = view
        .whole
        .assets
        .clone()
        .into_iter()
        .map(|asset| asset_row(asset, &view))
        .collect_view();
    view! {
        <Card title=title.clone() flush=true actions=move || add>
            <Table caption=title columns>
                {rows}
            </Table>
        </Card>
    }
    .into_any()
}

fn asset_row(asset: AssetSummary, view: &ShowView) -> AnyView {
    let year = asset.model_year.map(|year| year.to_string());
    let words: Vec<String> = [Some(asset.make), Some(asset.model), year]
        .into_iter()
        .flatten()
        .filter(|word| !word.is_empty())
        .collect();
    let mark = [&asset.serial, &asset.vin]
        .into_iter()
        .find(|mark| !mark.is_empty())
        .cloned()
        .unwrap_or_default();
    let name = if words.is_empty() {
        "Unnamed".to_owned()
    } else {
        words.join(" ")
    };
    let plate = (!asset.plate.is_empty()).then(|| view! { <Plate text=asset.plate /> });
    let odometer = asset.odometer.map(|value| locale().reading(value, &view.unit));
    let visit = asset
        .last_visit
        .map_or_else(|| "Never".to_owned(), |at| locale().day_at(at, &view.zone));
    view! {
        <Row>
            <MainCell text=name href=format!("/vehicles/{}", asset.id) sub=mark>
                {plate}
            </MainCell>
            {(!terms().devices()).then(|| view! { <Cell label="Odometer" num=true>{odometer}</Cell> })}
            <Cell label="Last visit" num=true>{visit}</Cell>
        </Row>
    }
    .into_any()
}

#[component]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub(super) fn Orders(title: String, orders: Vec<OrderSummary>, view: ShowView) -> AnyView {
    if orders.is_empty() {
        return view! {
            <Card title>
                <EmptyState icon="history" title="Nothing delivered yet" text=terms().say("Finished work orders show here, newest first.") />
            </Card>
        }
        .into_any();
    }
    let columns = vec![
        Column::new(terms().work_order().title()),
        "Phase".into(),
        "Received".into(),
        Column::num("Total"),
    ];
    let rows = orders
        .into_iter()
        .map(|order| order_row(order, &view))
        .collect_view();
    let print = (title == HISTORY).then(|| format!("{}/history", view.href()));
    let print = print.map(|href| view! { <ButtonLink href label="Print" size=Size::Small icon="printer" /> });
    view! {
        <Card title=title.clone() flush=true actions=move || print>
            <Table caption=title columns>
                {rows}
            </Table>
        </Card>
    }
    .into_any()
}

/// The title of what is closed.
pub(super) const HISTORY: &str = "History";

fn order_row(order: OrderSummary, view: &ShowView) -> AnyView {
    let number = number_text(&order.branch_code, order.number);
    let href = view
        .own_branches
        .contains(&order.branch)
        .then(|| format!("/work-orders/{}", order.id));
    let about = [order.asset, titles(&order.work)];
    let about: Vec<String> = about.into_iter().filter(|part| !part.is_empty()).collect();
    let branch =
        (!view.own_branches.contains(&order.branch)).then(|| view! { <Badge label=order.branch_name /> });
    let plate = (!order.plate.is_empty()).then(|| view! { <Plate text=order.plate /> });
    let (total, prices) = (view.currency.show(order.total), view.prices());
    let received = locale().day_at(order.created_at, &view.zone);
    view! {
        <Row>
            <MainCell text=number href sub=about.join(" · ")>
                {plate} {branch}
                <PastWork jobs=order.work prices />
            </MainCell>
            <Cell label="Phase">
                <PhaseBadge label=order.phase.label() tone=order.phase.tone() />
            </Cell>
            <Cell label="Received" date=true>{received}</Cell>
            <Cell label="Total" num=true>
                <Amount text=total />
            </Cell>
        </Row>
    }
    .into_any()
}

pub(super) fn invoices_view(view: ShowView) -> impl IntoView {
    if view.whole.invoices.is_empty() {
        return None;
    }
    let columns = vec![
        "Document".into(),
        "Due".into(),
        Column::num("Total"),
        Column::num("Open"),
    ];
    let rows = view
        .whole
        .invoices
        .clone()
        .into_iter()
        .map(|invoice| invoice_row(invoice, &view))
        .collect_view();
    Some(
        view! {
            <Card title="Invoices" flush=true>
                <Table caption="Invoices" columns>
                    {rows}
                </Table>
            </Card>
        }
        .into_any(),
    )
}

fn invoice_row(invoice: InvoiceSummary, view: &ShowView) -> AnyView {
    let credit_note = invoice.state == InvoiceState::CreditNote;
    let due = (!credit_note).then(|| locale().day(invoice.due_on));
    let open = (invoice.open.0 != 0).then(|| view! { <Amount text=view.currency.show(invoice.open) /> });
    let total = if credit_note {
        Money(-invoice.total.0)
    } else {
        invoice.total
    };
    let total = view.currency.show(total);
    let sub = format!("Issued {}", locale().day(invoice.issued_on));
    view! {
        <Row>
            <MainCell text=invoice.number href=format!("/invoices/{}", invoice.id) sub>
                <Badge label=invoice.state.label() tone=invoice.state.tone() />
            </MainCell>
            <Cell label="Due" date=true>{due}</Cell>
            <Cell label="Total" num=true>
                <Amount text=total />
            </Cell>
            <Cell label="Open" num=true>{open}</Cell>
        </Row>
    }
    .into_any()
}
