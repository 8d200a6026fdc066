//! The history on paper.
use super::super::{model, selectors};
use crate::domain::order::number_text;
use crate::kernel::permission::{EditWorkOrders, PrintDocuments, ViewCustomers, ViewInvoices};
use crate::server::messages::Words;
use crate::server::prelude::*;
use crate::ui::prelude::{ButtonLink, HistorySheet, Paper, PastVisit, PrintAction, PrintFrame};
use leptos::prelude::*;

/// `/customers/{customer}/history`
pub(crate) async fn history(
    mut scope: Scope<ViewCustomers>,
    Id(id): Id<CustomerId>,
    Search(search): Search<exports::Printed>,
) -> PageResult {
    let ready = exports::may_print(&mut scope, &search.print, id.uuid()).await?;
    let customer = selectors::get(&mut scope, id).await?;
    let orders = selectors::orders_of(&mut scope, id, model::VISITS_PRINTED).await?;
    let session = scope.session().clone();
    let (zone, currency) = (session.zone(), session.settings.currency);
    let words = Words::of_customer(&session, &customer.data.language);
    let sees = session.allows::<EditWorkOrders>() || session.allows::<ViewInvoices>();
    let visits = orders.into_iter().map(|order| {
        let meter = order
            .odometer_in
            .map(|value| session.locale().reading(value, &session.settings.distance_unit));
        PastVisit {
            number: number_text(&order.branch_code, order.number),
            href: session
                .branch(order.branch)
                .is_ok()
                .then(|| format!("/work-orders/{}", order.id)),
            facts: vec![
                words.day(order.created_at.with_timezone(&zone).date_naive()),
                order.branch_name,
                words.phase(order.phase),
                order.plate,
                order.asset,
                meter.unwrap_or_default(),
            ],
            total: order.total,
            jobs: order.work,
        }
    });
    let visits = visits.collect::<Vec<_>>();
    let data = customer.data;
    let address = session
        .locale()
        .address(&data.street, &data.postal_code, &data.city);
    let facts = vec![data.contact_name.clone(), address];
    let today = words.day(scope.now().with_timezone(&zone).date_naive());
    let origin = format!("{} · {today}", session.org_name);
    let action = format!("/customers/{id}/history");
    let (title, back) = (data.name, format!("/customers/{id}"));
    let tools = move || {
        view! {
            <ButtonLink href=back label="Back" icon="arrow-left"/>
            <PrintAction action ready/>
        }
    };
    let page = Page::new(heading(&title)).bare().prints(ready);
    Ok(scope.page(page, move || {
        view! {
            <PrintFrame paper=Paper::usual(currency.code()) ready tools>
                <HistorySheet title origin facts visits prices=sees.then_some(currency) words=words.history()/>
            </PrintFrame>
        }
    }))
}

fn heading(title: &str) -> String {
    format!("Service history of {title}")
}

/// Records the print and leads to the history that prints.
pub(crate) async fn print_history(mut scope: Scope<PrintDocuments>, Id(id): Id<CustomerId>) -> PageResult {
    scope.also::<ViewCustomers>().await?;
    let customer = selectors::get(&mut scope, id).await?;
    let what = heading(&customer.data.name);
    let printout = exports::Printout {
        what: &what,
        entity: "customer",
        id: id.uuid(),
        order: None,
        customer: id,
    };
    let print = exports::record_print(&mut scope, &printout).await?;
    scope
        .done(format!("/customers/{id}/history?print={print}"), "")
        .await
}
