//! Estimated, approved, invoiced, paid: four facts that are not the same.
use super::Ctx;
use crate::domain::billing::{DueJob, InvoiceState, Unbillable, billable};
use crate::domain::order::{JobDecision, Payer, Phase, named};
use crate::features::work_orders::view::{InvoiceFacts, Job, WorkOrderView};
use crate::kernel::Money;
use crate::kernel::permission::{IssueInvoices, ViewInvoices};
use crate::ui::prelude::*;
use leptos::prelude::*;

pub(in crate::features::work_orders) fn money_box_view(ctx: Ctx) -> impl IntoView {
    if !ctx.sees_prices() {
        return ().into_any();
    }
    let order = &ctx.order;
    let gross = |pass: &dyn Fn(&Job) -> bool| order.totals_of(pass).gross;
    let estimate = gross(&|job| job.data.payer == Payer::Customer && job.decision != JobDecision::Declined);
    let approved = approved(&ctx);
    let own = gross(&|job| job.data.payer != Payer::Customer && job.decision != JobDecision::Declined);
    let declined = gross(&|job| job.decision == JobDecision::Declined);
    let mut sums = vec![("Estimate", estimate), ("Approved", approved)];
    sums.extend(
        [("Internal and warranty", own), ("Declined", declined)]
            .into_iter()
            .filter(|(_, amount)| !amount.is_zero()),
    );
    let sums = sums
        .into_iter()
        .map(|(label, amount)| view! { <div class:is-total=label == "Approved"><dt>{label}</dt><dd><Amount text=ctx.money(amount)/></dd></div> })
        .collect_view();
    view! {
        <Card title="Money" id="money">
            <dl class="sums">
                {sums}
                <Billed ctx=ctx.clone()/>
            </dl>
            <p class="hint mt-2">"incl. tax"</p>
            {invoices_view(ctx.clone())}
        </Card>
    }
    .into_any()
}

/// Posted and not credited.
fn posted(ctx: &Ctx) -> Vec<InvoiceFacts> {
    ctx.order
        .invoices
        .iter()
        .filter(|i| i.state.bills())
        .cloned()
        .collect()
}

#[component]
fn Billed(ctx: Ctx) -> impl IntoView {
    let posted = posted(&ctx);
    let invoiced: Money = posted.iter().map(|i| i.total).sum();
    let open: Money = posted.iter().filter_map(|i| i.open).sum();
    let none = view! { <span class="text-muted">"Not yet"</span> }.into_any();
    let (billed, paid) = if posted.is_empty() {
        (none, ().into_any())
    } else {
        let paid =
            view! { <div><dt>"Paid"</dt><dd><Amount text=ctx.money(invoiced - open)/></dd></div> }.into_any();
        (view! { <Amount text=ctx.money(invoiced)/> }.into_any(), paid)
    };
    let owed = (open.0 > 0).then(
        || view! { <div class="is-owed"><dt>"Balance due"</dt><dd><Amount text=ctx.money(open)/></dd></div> },
    );
    view! { <div><dt>"Invoiced"</dt><dd>{billed}</dd></div> {paid} {owed} }.into_any()
}

fn invoices_view(ctx: Ctx) -> impl IntoView {
    let items = ctx
        .order
        .invoices
        .iter()
        .filter(|_| ctx.session.allows::<ViewInvoices>())
        .cloned()
        .map(|invoice| view! { <Document ctx=ctx.clone() invoice/> })
        .collect::<Vec<_>>();
    let create = match to_invoice(&ctx.order) {
        _ if !ctx.session.allows::<IssueInvoices>() => ().into_any(),
        None => ().into_any(),
        Some(Ok(())) => {
            view! { <div class="mt-3"><PostButton action=ctx.action("invoice") label="Create invoice" icon="receipt"/></div> }.into_any()
        }
        Some(Err(waits)) => view! { <p class="hint mt-3">{waits}</p> }.into_any(),
    };
    view! {
        {(!items.is_empty()).then(|| view! { <ul class="documents">{items}</ul> })}
        {create}
    }
    .into_any()
}

/// Whether an invoice can be made of the order, by the rule that makes it; otherwise what it waits for. `None` where nobody waits for one.
fn to_invoice(order: &WorkOrderView) -> Option<Result<(), String>> {
    let due = |job: &&Job| job.chargeable() && !job.billed;
    let states: Vec<DueJob> = order.jobs.iter().filter(due).map(due_job).collect();
    let lines = order.jobs.iter().filter(due).flat_map(|job| &job.lines);
    let priced = lines.filter(|line| !line.unit_price.is_zero()).count();
    let undecided = order.jobs.iter().any(Job::undecided);
    let billed = order.jobs.iter().any(|job| job.billed);
    let waits = match billable(
        order.phase,
        &states,
        priced,
        order.totals_of(|job| due(&job)).gross,
    ) {
        Ok(()) => return Some(Ok(())),
        Err(Unbillable::Cancelled) => return None,
        Err(Unbillable::NothingDue) if order.jobs.is_empty() || (undecided && !billed) => {
            "Nothing approved to invoice yet.".to_owned()
        }
        // What was approved is billed; the rest is declined, or nobody pays for it.
        Err(Unbillable::NothingDue) => return None,
        Err(Unbillable::NotBegun(titles)) => {
            format!(
                "You can invoice once work has started. Nobody started {}.",
                named(&titles)
            )
        }
        Err(Unbillable::NoPrices) => "Add prices to the approved jobs to invoice them.".to_owned(),
        Err(Unbillable::Negative) => {
            "The discounts are larger than the work. Reduce them to invoice.".to_owned()
        }
    };
    Some(Err(waits))
}

#[component]
fn Document(ctx: Ctx, invoice: InvoiceFacts) -> impl IntoView {
    let name = invoice.number.unwrap_or_else(|| "Draft invoice".into());
    let credited = (invoice.state == InvoiceState::Void).then(|| view! { <Badge label="Credited"/> });
    let total = ctx.money(invoice.total);
    view! { <li><a class="link" href=format!("/invoices/{}", invoice.id)>{name}</a> {credited} <span class="money">{total}</span></li> }.into_any()
}

/// What is still owed on posted invoices of this order.
pub(super) fn owed(ctx: &Ctx) -> Option<String> {
    let open: Money = posted(ctx).iter().filter_map(|i| i.open).sum();
    (open.0 > 0).then(|| ctx.money(open))
}

/// What the customer approved and no posted invoice is about.
pub(super) fn unbilled(ctx: &Ctx) -> Option<String> {
    let rest = ctx.order.unbilled().amount;
    (!rest.is_zero()).then(|| ctx.money(rest))
}

/// Before a ready order leaves, for who may issue it: the invoice of what is not invoiced yet, made or posted.
pub(super) fn invoice_first_view(ctx: Ctx) -> impl IntoView {
    if !asks_for_invoice(&ctx) {
        return ().into_any();
    }
    if to_invoice(&ctx.order) == Some(Ok(())) {
        return view! { <PostButton action=ctx.action("invoice") label="Create invoice" icon="receipt" variant=Variant::Primary/> }.into_any();
    }
    let draft = ctx
        .order
        .invoices
        .iter()
        .rfind(|invoice| invoice.state == InvoiceState::Draft);
    draft
        .map(|draft| view! { <ButtonLink href=format!("/invoices/{}", draft.id) label="Post the invoice" icon="receipt" variant=Variant::Primary/> })
        .into_any()
}

/// Whether the next thing to do with a ready order is its invoice, and this member may issue it.
pub(super) fn asks_for_invoice(ctx: &Ctx) -> bool {
    ctx.order.phase == Phase::Ready && unbilled(ctx).is_some() && ctx.session.allows::<IssueInvoices>()
}

fn approved(ctx: &Ctx) -> Money {
    ctx.order.totals_of(Job::chargeable).gross
}

fn due_job(job: &Job) -> DueJob {
    DueJob {
        title: job.data.title.clone(),
        work_state: job.work_state,
        billed_before: job.credited,
    }
}
