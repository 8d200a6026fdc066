//! The check-in sheet: what the customer takes along, and signs.
use super::selectors::{self, CheckInSheet, Facts};
use super::service;
use crate::kernel::form::KeyForm;
use crate::kernel::permission::{CreateWorkOrders, PrintDocuments};
use crate::server::db::tenant::Session;
use crate::server::orders::{OrderPart, OrderRef, Place};
use crate::server::prelude::*;
use crate::ui::prelude::*;
use leptos::prelude::*;

pub(super) async fn show(
    mut scope: Scope<CreateWorkOrders>,
    Id(order): Id<WorkOrderId>,
    Search(search): Search<exports::Printed>,
) -> PageResult {
    let sheet = selectors::sheet(&mut scope, order).await?;
    let ready = exports::may_print(&mut scope, &search.print, order.uuid()).await?;
    let key = idempotency::fresh(&scope);
    let title = Page::new(title(&sheet)).bare().prints(ready);
    Ok(scope.page(title, move || {
        let (back, email) = (format!("/work-orders/{order}"), sheet.email.clone());
        view! {
            <PrintFrame ready tools=move || tools_view(back, email, key, ready)>
                <Head sheet=sheet.clone()/>
                {body_view(sheet)}
            </PrintFrame>
        }
    }))
}

/// The way to it from an open order.
pub(super) fn link(session: &Session, order: &OrderRef) -> Vec<OrderPart> {
    if !order.phase.is_open() || !session.allows::<CreateWorkOrders>() {
        return Vec::new();
    }
    let href = format!("{}/check-in-sheet", order.path());
    let view = move || view! { <ButtonLink href=href.clone() label="Check-in sheet" icon="printer" variant=Variant::Ghost/> };
    vec![OrderPart {
        place: Place::Actions,
        view: view.into(),
    }]
}

fn title(sheet: &CheckInSheet) -> String {
    format!("Check-in {}", sheet.number)
}

/// Records the print and leads to the sheet that prints.
pub(super) async fn print(mut scope: Scope<PrintDocuments>, Id(order): Id<WorkOrderId>) -> PageResult {
    scope.also::<CreateWorkOrders>().await?;
    let sheet = selectors::sheet(&mut scope, order).await?;
    let printout = exports::Printout {
        what: &title(&sheet),
        entity: "work_order",
        id: order.uuid(),
        order: Some(order),
        customer: sheet.customer_id,
    };
    let print = exports::record_print(&mut scope, &printout).await?;
    let to = format!("/work-orders/{order}/check-in-sheet?print={print}");
    scope.done(to, "").await
}

/// Sends what stands on the sheet to the customer.
pub(super) async fn mail(
    mut scope: Scope<CreateWorkOrders>,
    Id(order): Id<WorkOrderId>,
    FormBody(form): FormBody<KeyForm>,
) -> PageResult {
    service::mail_sheet(&mut scope, order, &form.key).await?;
    let back = format!("/work-orders/{order}");
    scope
        .done(back, "The check-in sheet is on its way to the customer")
        .await
}

fn tools_view(back: String, email: String, key: String, ready: bool) -> impl IntoView {
    let action = format!("{back}/check-in-sheet");
    let print = format!("{action}/print");
    let mail = (!email.is_empty()).then(|| {
        let fields = vec![("key".to_owned(), key)];
        view! { <PostButton action label=format!("E-mail to {email}") icon="mail" fields/> }
    });
    view! {
        <ButtonLink href=back label=terms().work_order().title() icon="arrow-left"/>
        {mail}
        <PrintAction action=print ready/>
    }
}

#[component]
fn Head(sheet: CheckInSheet) -> impl IntoView {
    let words = sheet.words;
    let contact = [sheet.branch_phone, sheet.branch_email]
        .into_iter()
        .filter(|line| !line.is_empty());
    let lines = sheet.branch_address.lines().map(ToOwned::to_owned).chain(contact);
    view! {
        <header class="flex items-start justify-between gap-6">
            <div class="min-w-0">
                <p class="text-muted">{words.word("sheet-title")}</p>
                <h1 class="text-2xl">{sheet.number}</h1>
                <p class="text-muted">{sheet.checked_in}</p>
            </div>
            <div class="text-right min-w-0">
                <p class="font-medium">{sheet.org}</p>
                <p>{sheet.branch}</p>
                {lines.map(|line| view! { <p class="text-muted">{line}</p> }).collect_view()}
            </div>
        </header>
    }
}

fn body_view(sheet: CheckInSheet) -> impl IntoView {
    let words = sheet.words;
    let facts = |facts: Facts| {
        facts
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(label, value)| view! { <Fact label>{value}</Fact> })
            .collect_view()
    };
    let concerns = sheet
        .concerns
        .into_iter()
        .map(|concern| view! { <li>{concern}</li> })
        .collect_view();
    let thing = words.phrase("asset-title", [("asset", sheet.term.into())]);
    let waiting = sheet
        .waiting
        .then(|| (words.word("fact-waiting"), words.word("fact-yes")));
    let promise = sheet.promise.into_iter().chain(waiting).collect();
    view! {
        <div class="sheet-parts">
            <section>
                <h2>{words.word("sheet-customer")}</h2>
                <DescriptionList>{facts(sheet.customer)}</DescriptionList>
            </section>
            <section>
                <h2>{thing}</h2>
                <DescriptionList>{facts(sheet.asset)}</DescriptionList>
            </section>
        </div>
        <section class="sheet-section">
            <h2>{words.word("sheet-requested")}</h2>
            <ol>{concerns}</ol>
        </section>
        <section class="sheet-section">
            <DescriptionList>{facts(promise)}</DescriptionList>
        </section>
        <p class="sheet-terms">{words.word("sheet-terms")}</p>
        <div class="sheet-sign">
            <p>{words.word("sheet-place-and-date")}</p>
            <p>{words.word("sheet-signature")}</p>
        </div>
    }
}
