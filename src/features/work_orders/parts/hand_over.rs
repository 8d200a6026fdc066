//! Delivery: who collects, with a signature; afterwards, who did.
use super::Ctx;
use super::money::{owed, unbilled};
use crate::domain::gates::WHO_INVOICES;
use crate::domain::order::{Phase, named};
use crate::features::work_orders::form::HandOverForm;
use crate::features::work_orders::islands::SignaturePad;
use crate::features::work_orders::view::HandedOver;
use crate::kernel::permission::{HandOver, IssueInvoices};
use crate::ui::prelude::*;
use leptos::prelude::*;

pub(in crate::features::work_orders) fn hand_over_card_view(ctx: Ctx) -> impl IntoView {
    if let Some(done) = ctx.order.hand_over.clone() {
        return done_view(ctx, done).into_any();
    }
    if ctx.order.phase != Phase::Ready || !ctx.can::<HandOver>() {
        return ().into_any();
    }
    collect_view(ctx).into_any()
}

fn collect_view(ctx: Ctx) -> impl IntoView {
    let subtitle = terms().say("Closes the work order. This cannot be undone.");
    view! { <Card title="Hand over" subtitle id="hand-over">{collect_form_view(ctx)}</Card> }.into_any()
}

fn collect_form_view(ctx: Ctx) -> impl IntoView {
    let customer = &ctx.order.customer;
    let who = if customer.contact_name.is_empty() {
        &customer.name
    } else {
        &customer.contact_name
    };
    let form = HandOverForm {
        collected_by: who.clone(),
        ..HandOverForm::default()
    };
    let filled = ctx.filled("hand-over", form);
    let (unsigned, fields) = (filled.errors.at("signature"), filled.fields());
    let (warning, silent) = (
        money_warning_view(ctx.clone()),
        unanswered_warning_view(ctx.clone()),
    );
    let variant = if unbilled(&ctx).is_some() {
        Variant::Plain
    } else {
        Variant::Primary
    };
    view! {
        <form class="form" method="post" action=ctx.action("hand-over")>
            <Hidden of=fields.key/>
            {warning}
            {silent}
            <Field of=fields.collected_by span=Span::Full/>
            <SignaturePad typed=fields.typed.into() drawn=fields.drawn.into() error=unsigned/>
            <FormActions><SubmitButton label="Hand over and close" icon="key" variant/></FormActions>
        </form>
    }
    .into_any()
}

/// Not invoiced is in the way, not paid is not.
fn money_warning_view(ctx: Ctx) -> impl IntoView {
    if let Some(amount) = unbilled(&ctx) {
        let title = format!("{amount} is not invoiced yet");
        return if ctx.session.allows::<IssueInvoices>() {
            view! { <Alert tone=Tone::Warning title><a class="link" href="#money">"Create and post the invoice first."</a></Alert> }.into_any()
        } else {
            view! { <Alert tone=Tone::Warning title>{format!("{WHO_INVOICES}.")}</Alert> }.into_any()
        };
    }
    let not_begun = ctx.order.unbilled().not_begun;
    if !not_begun.is_empty() {
        let title = format!("Approved, but nobody started: {}", named(&not_begun));
        return view! { <Alert tone=Tone::Warning title>"Do the work, or "<a class="link" href="#decisions">"record that the customer declines it"</a>"."</Alert> }.into_any();
    }
    let Some(amount) = owed(&ctx) else {
        return ().into_any();
    };
    view! { <Alert tone=Tone::Warning title=format!("{amount} is not paid yet")>"You can still hand over; the customer then owes it."</Alert> }.into_any()
}

/// What the customer said and nobody answered must not leave unnoticed.
fn unanswered_warning_view(ctx: Ctx) -> impl IntoView {
    let concerns: Vec<String> = ctx.order.unanswered().map(|c| c.concern.clone()).collect();
    let title = match concerns.len() {
        0 => return ().into_any(),
        1 => "One concern has no answer yet".to_owned(),
        count => format!("{count} concerns have no answer yet"),
    };
    let items = concerns
        .into_iter()
        .map(|concern| view! { <li>{concern}</li> })
        .collect_view();
    view! {
        <Alert tone=Tone::Warning title>
            <ul>{items}</ul>
            <p class="mt-1"><a class="link" href="#concerns">"To the concerns"</a></p>
        </Alert>
    }
    .into_any()
}

fn done_view(ctx: Ctx, done: HandedOver) -> impl IntoView {
    let signature = if done.signature.starts_with('M') && done.signature.contains('L') {
        view! { <svg class="signature" viewBox="0 0 600 200" role="img" aria-label="Signature"><path d=done.signature/></svg> }.into_any()
    } else {
        view! { <p class="signature-typed">{done.signature}</p> }.into_any()
    };
    view! {
        <Card title="Handed over" id="hand-over">
            <p>{format!("Collected by {} · {}", done.collected_by, ctx.moment(done.at))}</p>
            {signature}
        </Card>
    }
    .into_any()
}
