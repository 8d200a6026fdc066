//! Who brought what, and what was promised.
use super::Ctx;
use crate::features::work_orders::form::{self, Details};
use crate::features::work_orders::format;
use crate::kernel::permission::{EditWorkOrders, ViewCustomers};
use crate::kernel::text::dialled;
use crate::kernel::{Form, FormContext};
use crate::ui::prelude::*;
use leptos::prelude::*;

#[component]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub(in crate::features::work_orders) fn Facts(ctx: Ctx) -> impl IntoView {
    view! {
        <section class="card order-facts" aria-label=terms().say("Vehicle, customer and promise")>
            {asset_block_view(ctx.clone())}
            {customer_block_view(ctx.clone())}
            {promise_block_view(ctx)}
        </section>
    }
    .into_any()
}

fn asset_block_view(ctx: Ctx) -> impl IntoView {
    let asset = ctx.order.asset.clone();
    let word = terms().asset().title();
    let href = ctx
        .session
        .allows::<ViewCustomers>()
        .then(|| format!("/vehicles/{}", asset.id));
    let name = if asset.name.is_empty() {
        word.clone()
    } else {
        asset.name
    };
    let name = match href {
        Some(href) => view! { <a class="link-quiet" href=href>{name}</a> }.into_any(),
        None => view! { <span>{name}</span> }.into_any(),
    };
    let more: Vec<String> = [
        ("VIN", asset.vin),
        ("Serial", asset.serial),
        ("", asset.color),
        ("", asset.engine),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(label, text)| format!("{label} {text}").trim().to_owned())
    .collect();
    view! {
        <div>
            <p class="fact-name">{word}</p>
            <p class="fact-main">{name} {(!asset.plate.is_empty()).then(|| view! { <Plate text=asset.plate/> })}</p>
            <p class="sub">{more.join(" · ")}</p>
        </div>
    }
    .into_any()
}

fn customer_block_view(ctx: Ctx) -> impl IntoView {
    let customer = ctx.order.customer.clone();
    let name = if ctx.session.allows::<ViewCustomers>() {
        view! { <a class="link-quiet" href=format!("/customers/{}", customer.id)>{customer.name}</a> }
            .into_any()
    } else {
        view! { <span>{customer.name}</span> }.into_any()
    };
    let dial = dialled(&customer.phone);
    let driver = customer.driver.map(|(name, phone)| {
        let call = (!phone.is_empty()).then(|| {
            let href = format!("tel:{}", dialled(&phone));
            view! { <a class="link" href=href><Icon name="phone" class="icon-sm"/>{phone}</a> }
        });
        view! { <p class="contact"><span>"Brought by "{name}</span>{call}</p> }
    });
    view! {
        <div>
            <p class="fact-name">"Customer"</p>
            <p class="fact-main">{name}</p>
            <p class="contact">
                {(!customer.contact_name.is_empty()).then_some(view! { <span>{customer.contact_name}</span> })}
                {(!dial.is_empty()).then(|| view! { <a class="link" href=format!("tel:{dial}")><Icon name="phone" class="icon-sm"/>{customer.phone}</a> })}
                {(!customer.email.is_empty()).then(|| view! { <a class="link" href=format!("mailto:{}", customer.email)><Icon name="mail" class="icon-sm"/>"E-mail"</a> })}
            </p>
            {driver}
        </div>
    }
    .into_any()
}

fn promise_block_view(ctx: Ctx) -> impl IntoView {
    let order = &ctx.order;
    let promise = match format::promise(
        order.promised_at,
        order.phase.is_due(),
        ctx.now,
        locale(),
        order.zone,
    ) {
        Some((Tone::Neutral, text)) => view! { <span>{text}</span> }.into_any(),
        Some((tone, text)) => view! { <Badge label=text tone icon="clock"/> }.into_any(),
        None => view! { <span class="text-muted">"No promise yet"</span> }.into_any(),
    };
    let advisor = order
        .advisor
        .as_ref()
        .map_or("no advisor".to_owned(), |a| a.name.clone());
    let opened = format!("Opened {} at {}", ctx.moment(order.created_at), order.branch_name);
    view! {
        <div>
            <p class="fact-name">"Promised"{ctx.can::<EditWorkOrders>().then(|| details_dialog_view(ctx.clone()))}</p>
            <p class="fact-main">{promise}</p>
            <p class="sub">{format!("Advisor: {advisor}")}</p>
            <p class="sub">{opened}</p>
        </div>
    }
    .into_any()
}

/// Promise, advisor, and what the bay has to know.
fn details_dialog_view(ctx: Ctx) -> impl IntoView {
    let open = ctx.draft.is("details");
    let close_href = ctx.order.path();
    view! {
        <button class="btn btn-ghost btn-sm" type="button" popovertarget="details" aria-label="Change promise and advisor"><Icon name="pencil" class="icon-sm"/>"Change"</button>
        <Dialog id="details" title="Promise and advisor" open close_href><DetailsForm ctx/></Dialog>
    }
    .into_any()
}

#[component]
fn DetailsForm(ctx: Ctx) -> impl IntoView {
    let order = &ctx.order;
    let context = FormContext {
        zone: order.zone,
        ..FormContext::PUBLIC
    };
    let saved = Details {
        promised_at: order.promised_at,
        advisor: order.advisor.as_ref().map(|advisor| advisor.id),
        waiting: order.waiting,
        urgent: order.flags.urgent,
        off_site: order.flags.off_site,
        key_tag: order.flags.key_tag.clone(),
    };
    let form = form::DetailsForm::of(&saved, &context).versioned(order.version);
    let filled = ctx.draft.filled("details", form);
    let mut head = filled.beside(&saved, order.version, &context);
    // Theirs is told by name, not by id.
    for (label, theirs) in head.theirs.iter_mut().flatten() {
        if *label == "Advisor" {
            *theirs = order
                .advisor
                .as_ref()
                .map_or_else(String::new, |advisor| advisor.name.clone());
        }
    }
    let (fields, head) = (head.fields(), head.head());
    let away = terms().say("The vehicle is not here");
    let advisors = order.advisor_options();
    view! {
        <form class="form" method="post" action=ctx.action("details")>
            <FormHead of=head thing=terms().work_order().one/>
            <Hidden of=fields.version/>
            <Field of=fields.promised_at span=Span::Full/>
            <Select of=fields.advisor prompt="Not assigned" span=Span::Full options=advisors/>
            <Checkbox of=fields.waiting/>
            <Checkbox of=fields.urgent/>
            <Checkbox of=fields.off_site.label(away)/>
            <Field of=fields.key_tag.label(terms().examples().place_label) span=Span::Full/>
            <FormActions><SubmitButton label="Save"/></FormActions>
        </form>
    }
    .into_any()
}
