//! The service history on paper.
use super::super::selectors;
use crate::domain::order::number_text;
use crate::kernel::permission::{EditWorkOrders, PrintDocuments, ViewCustomers, ViewInvoices};
use crate::server::messages::Words;
use crate::server::prelude::*;
use crate::ui::prelude::{ButtonLink, HistorySheet, Paper, PastVisit, PrintAction, PrintFrame};
use leptos::prelude::*;

/// `/vehicles/{asset}/history`
pub(crate) async fn history(
    mut scope: Scope<ViewCustomers>,
    Id(id): Id<AssetId>,
    Search(search): Search<exports::Printed>,
) -> PageResult {
    let ready = exports::may_print(&mut scope, &search.print, id.uuid()).await?;
    let whole = selectors::whole(&mut scope, id).await?;
    let session = scope.session().clone();
    let (zone, currency) = (session.zone(), session.settings.currency);
    let words = Words::of_customer(&session, &whole.asset.owner_language);
    let sees = session.allows::<EditWorkOrders>() || session.allows::<ViewInvoices>();
    let visits = whole.visits.into_iter().map(|visit| PastVisit {
        number: number_text(&visit.branch_code, visit.number),
        href: session
            .branch(visit.branch)
            .is_ok()
            .then(|| format!("/work-orders/{}", visit.id)),
        facts: vec![
            words.day(visit.created_at.with_timezone(&zone).date_naive()),
            visit.branch_name,
            words.phase(visit.phase),
            visit
                .odometer_in
                .map(|value| session.locale().reading(value, &session.settings.distance_unit))
                .unwrap_or_default(),
        ],
        total: visit.total,
        jobs: visit.work,
    });
    let (visits, data) = (visits.collect::<Vec<_>>(), whole.asset.data);
    let vin = (!data.vin.is_empty()).then(|| words.phrase("vin", [("value", data.vin.as_str().into())]));
    let facts = vec![vin.unwrap_or_default(), whole.asset.owner_name];
    let today = words.day(scope.now().with_timezone(&zone).date_naive());
    let origin = format!("{} · {today}", session.org_name);
    let action = format!("/vehicles/{id}/history");
    let (title, back) = (data.label(), format!("/vehicles/{id}"));
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
pub(crate) async fn print_history(mut scope: Scope<PrintDocuments>, Id(id): Id<AssetId>) -> PageResult {
    scope.also::<ViewCustomers>().await?;
    let asset = selectors::get(&mut scope, id).await?;
    let what = heading(&asset.data.label());
    let printout = exports::Printout {
        what: &what,
        entity: "asset",
        id: id.uuid(),
        order: None,
        customer: asset.owner,
    };
    let print = exports::record_print(&mut scope, &printout).await?;
    scope
        .done(format!("/vehicles/{id}/history?print={print}"), "")
        .await
}
