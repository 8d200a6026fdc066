//! Moving through the phases: the legal moves only, what is missing, and the override.
use super::Ctx;
use super::money::{invoice_first_view, unbilled};
use crate::domain::gates::{self, JobFacts};
use crate::domain::order::Phase;
use crate::features::work_orders::form::{HandOverForm, MoveFields, MoveForm, Refusal};
use crate::features::work_orders::view::Job;
use crate::kernel::error::Missing;
use crate::kernel::permission::{EditWorkOrders, HandOver, MoveWorkOrders, OverridePhase};
use crate::kernel::{FieldErrors, Form};
use crate::ui::prelude::*;
use leptos::prelude::*;

/// The moves that this member may make from here, the usual one first.
fn moves(ctx: &Ctx) -> Vec<Phase> {
    if !ctx.can::<MoveWorkOrders>() {
        return Vec::new();
    }
    let allowed = |to: &Phase| match to {
        Phase::Cancelled => ctx.session.allows::<EditWorkOrders>(),
        Phase::Delivered => ctx.session.allows::<HandOver>(),
        _ => true,
    };
    let mut all: Vec<Phase> = ctx.order.phase.next().iter().copied().filter(allowed).collect();
    // What is decided needs no diagnosis and no asking any more.
    let jobs = &ctx.order.jobs;
    if jobs.iter().any(Job::authorized) && !jobs.iter().any(Job::undecided) {
        all.sort_by_key(|to| *to != Phase::Approved);
    }
    all
}

/// The form of this move, as it was refused or to be sent by its button.
fn form(ctx: &Ctx, to: Phase) -> MoveFields {
    let form = MoveForm {
        to: to.name().to_owned(),
        from: ctx.order.phase.name().to_owned(),
        ..MoveForm::default()
    };
    let filled = ctx.filled(&format!("move:{}", to.name()), form);
    filled.going_by("from", ctx.order.phase.name()).fields()
}

/// What every move posts.
fn fields(ctx: &Ctx, to: Phase) -> Vec<(String, String)> {
    let fields = form(ctx, to);
    let from = fields.from.holding(ctx.order.phase.name());
    vec![fields.to.posted(), from.posted(), fields.key.posted()]
}

/// The usual move as a button, the others in a menu.
pub(super) fn move_actions_view(ctx: Ctx) -> impl IntoView {
    let mut all = moves(&ctx);
    if all.is_empty() {
        return invoice_first_view(ctx).into_any();
    }
    let usual = all.remove(0);
    let dialogs = ctx
        .order
        .phase
        .next()
        .iter()
        .copied()
        .filter(|to| ctx.order.phase.needs_reason(*to))
        .map(|to| view! { <ReasonDialog ctx=ctx.clone() to/> })
        .collect_view();
    let entries = all
        .into_iter()
        .map(|to| move_entry_view(ctx.clone(), to))
        .collect_view();
    view! {
        <Menu id="moves" label="Move to" icon="arrow-right">{entries}</Menu>
        {usual_move_view(ctx.clone(), usual)}
        {invoice_first_view(ctx.clone())}
        {dialogs}
    }
    .into_any()
}

fn usual_move_view(ctx: Ctx, to: Phase) -> impl IntoView {
    if to == Phase::Delivered {
        // What is not invoiced does not leave: one orange button, and that is the invoice.
        let variant = if unbilled(&ctx).is_some() {
            Variant::Plain
        } else {
            Variant::Primary
        };
        return view! { <ButtonLink href="#hand-over" label=to.verb() icon=to.icon() variant/> }.into_any();
    }
    view! { <PostButton action=ctx.action("moves") label=to.verb() icon=to.icon() fields=fields(&ctx, to) variant=Variant::Primary/> }
        .into_any()
}

fn move_entry_view(ctx: Ctx, to: Phase) -> impl IntoView {
    if to == Phase::Delivered {
        return view! { <MenuLink href="#hand-over" label=to.verb() icon=to.icon()/> }.into_any();
    }
    if ctx.order.phase.needs_reason(to) {
        let label = terms().say(if to == Phase::InProgress {
            "Failed: send back to work"
        } else {
            to.verb()
        });
        return view! { <MenuPost opens=dialog_id(to) label icon=to.icon() danger=to == Phase::Cancelled/> }
            .into_any();
    }
    view! { <MenuPost action=ctx.action("moves") label=to.label() icon=to.icon() fields=fields(&ctx, to)/> }
        .into_any()
}

fn dialog_id(to: Phase) -> String {
    format!("move-{}", to.name())
}

/// Asks why, for a cancellation and a failed check.
#[component]
fn ReasonDialog(ctx: Ctx, to: Phase) -> impl IntoView {
    let open = form(&ctx, to).reason.error.is_some();
    let close_href = ctx.order.path();
    let title = match to {
        Phase::Cancelled => terms().say("Cancel this work order?"),
        _ => "Quality check failed".to_owned(),
    };
    view! { <Dialog id=dialog_id(to) title open close_href><ReasonForm ctx to/></Dialog> }.into_any()
}

#[component]
fn ReasonForm(ctx: Ctx, to: Phase) -> impl IntoView {
    let fields = form(&ctx, to);
    let from = fields.from.holding(ctx.order.phase.name());
    let (hint, label, variant) = match to {
        Phase::Cancelled => (
            "It closes for good. Everything on it is kept.".to_owned(),
            terms().say("Cancel work order"),
            Variant::DangerFill,
        ),
        _ => (
            terms().say("The technician sees this reason."),
            "Send back to work".to_owned(),
            Variant::Primary,
        ),
    };
    view! {
        <form class="form" method="post" action=ctx.action("moves")>
            <Hidden of=fields.to/>
            <Hidden of=from/>
            <Hidden of=fields.key/>
            <TextArea of=fields.reason.demanded() id=format!("f-reason-{}", to.name()) rows=2 hint/>
            <FormActions><SubmitButton label variant/></FormActions>
        </form>
    }
    .into_any()
}

/// Above the work: why the last form was refused; otherwise what the next usual step still needs.
pub(in crate::features::work_orders) fn next_step_view(ctx: Ctx) -> impl IntoView {
    if let Some(refusal) = ctx.draft.refusal.clone() {
        return view! { <Refused ctx refusal/> }.into_any();
    }
    if !ctx.draft.errors.is_empty() {
        return not_saved_view(ctx).into_any();
    }
    let Some(to) = moves(&ctx).first().copied().filter(|to| *to != Phase::Delivered) else {
        return ().into_any();
    };
    let missing = missing(&ctx, to);
    if missing.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="next-step" aria-label="What is missing for the next step">
            <p><Icon name="flag" class="icon-sm"/>"Before “"{to.verb()}"”:"</p>
            {missing_list_view(missing)}
        </section>
    }
    .into_any()
}

/// What was wrong with the form, and the way to it: pages are long.
fn not_saved_view(ctx: Ctx) -> impl IntoView {
    let href = ctx.draft.anchor();
    let sentences = ctx
        .draft
        .errors
        .summary()
        .into_iter()
        .take(5)
        .map(|(_, text)| view! { <li>{text}</li> })
        .collect_view();
    view! {
        <Alert tone=Tone::Danger title="Not saved. Please check:">
            <ul>{sentences}</ul>
            <p class="mt-1">"Your entries are kept. "<a class="link" href=href>"Go to the form"</a></p>
        </Alert>
    }
    .into_any()
}

/// The same rules that the server refuses by, over what the page shows.
fn missing(ctx: &Ctx, to: Phase) -> Vec<Missing> {
    let order = &ctx.order;
    let jobs = order
        .jobs
        .iter()
        .map(|job| JobFacts {
            title: job.data.title.clone(),
            payer: job.data.payer,
            decision: job.decision,
            work_state: job.work_state,
            technicians: i64::try_from(job.technicians.len()).unwrap_or(i64::MAX),
        })
        .collect();
    let facts = gates::Facts {
        is_vehicle: order.asset.is_vehicle,
        require_odometer: ctx.session.settings.require_odometer,
        odometer_in: order.odometer_in.is_some(),
        odometer_out: order.odometer_out.is_some(),
        jobs,
    };
    gates::missing(order.id, order.phase, to, &facts)
}

fn missing_list_view(missing: Vec<Missing>) -> impl IntoView {
    let items = missing
        .into_iter()
        .map(|m| {
            // On this page already: a jump, not a journey.
            let anchor = m
                .href
                .find('#')
                .map_or(m.href.clone(), |at| m.href[at..].to_owned());
            view! { <li><a class="link" href=anchor>{m.what}</a></li> }
        })
        .collect_view();
    view! { <ul class="missing">{items}</ul> }.into_any()
}

/// What was refused, the way out, and for who may: going on anyway.
#[component]
fn Refused(ctx: Ctx, refusal: Refusal) -> impl IntoView {
    let gates = !refusal.missing.is_empty();
    let offer = gates && ctx.can::<OverridePhase>();
    let reload = refusal.changed_meanwhile.then(|| {
        view! { <p class="mt-2"><a class="link" href=ctx.order.path()>"Show the new version and discard my changes"</a></p> }
    });
    view! {
        <Alert tone=Tone::Danger title=refusal.sentence>
            {gates.then(|| missing_list_view(refusal.missing))}
            {reload}
            {offer.then(|| override_view(ctx))}
        </Alert>
    }
    .into_any()
}

/// The same form again, with a reason and the word that the gates do not count.
fn override_view(ctx: Ctx) -> impl IntoView {
    let none = FieldErrors::default();
    let (action, kept, key, over, reason) = if let Some(form) = ctx.draft.typed::<HandOverForm>() {
        let fields = form.clone().keyed(&ctx.key()).fields(&none);
        let kept = vec![fields.collected_by, fields.typed, fields.drawn];
        ("hand-over", kept, fields.key, fields.r#override, fields.reason)
    } else if let Some(form) = ctx.draft.typed::<MoveForm>() {
        let fields = form.clone().keyed(&ctx.key()).fields(&none);
        (
            "moves",
            vec![fields.to, fields.from],
            fields.key,
            fields.r#override,
            fields.reason,
        )
    } else {
        return ().into_any();
    };
    let hidden = kept
        .into_iter()
        .map(|field| view! { <Hidden of=field/> })
        .collect_view();
    let reason = reason
        .label("Reason (kept in the history)")
        .holding("")
        .demanded();
    view! {
        <details class="mt-3">
            <summary class="link">"Override (reason required)"</summary>
            <form class="form-row mt-2" method="post" action=ctx.action(action)>
                {hidden}
                <Hidden of=key/>
                <Hidden of=over.holding("on")/>
                <Field of=reason id="f-override-reason"/>
                <Button label="Override" variant=Variant::Danger/>
            </form>
        </details>
    }
    .into_any()
}
