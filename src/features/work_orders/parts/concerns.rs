//! What the customer says; cause and correction as the technician answers it.
use super::Ctx;
use crate::features::work_orders::view::Concern;
use crate::kernel::permission::{EditWorkOrders, RecordWork};
use crate::ui::prelude::*;
use leptos::prelude::*;

#[component]
pub(in crate::features::work_orders) fn Concerns(ctx: Ctx) -> impl IntoView {
    let concerns = ctx.order.concerns.clone();
    let empty = concerns.is_empty();
    let items = concerns
        .into_iter()
        .map(|concern| view! { <ConcernItem ctx=ctx.clone() concern/> })
        .collect_view();
    view! {
        <Card title="Concerns" id="concerns" flush=true>
            {empty.then(|| view! { <p class="card-note">"No concerns recorded yet."</p> })}
            <ol class="concerns">{items}</ol>
            {ctx.can::<EditWorkOrders>().then(|| view! { <AddConcern ctx/> })}
        </Card>
    }
    .into_any()
}

#[component]
fn ConcernItem(ctx: Ctx, concern: Concern) -> impl IntoView {
    let answered = !concern.cause.is_empty() || !concern.correction.is_empty();
    let Concern {
        id,
        concern: text,
        cause,
        correction,
    } = concern.clone();
    let answer = answered.then(|| {
        view! {
            <dl class="answer">
                <dt>"Cause"</dt><dd>{or_dash(cause)}</dd>
                <dt>"Correction"</dt><dd>{or_dash(correction)}</dd>
            </dl>
        }
    });
    let label = if answered { "Edit findings" } else { "Add findings" };
    view! {
        <li id=id.to_string()>
            <div class="concern-head">
                <p class="concern-text">{text}</p>
                <div class="concern-actions">
                    {ctx.can::<RecordWork>().then(|| view! { <Button label opens=format!("finding-{id}") size=Size::Small icon="wrench"/> })}
                    {ctx.can::<EditWorkOrders>().then(|| view! {
                        <button class="btn btn-ghost btn-sm btn-icon" type="button" popovertarget=format!("concern-{id}") aria-label="Edit concern"><Icon name="pencil" class="icon-sm"/></button>
                    })}
                </div>
            </div>
            {answer}
            {ctx.can::<RecordWork>().then(|| view! { <FindingDialog ctx=ctx.clone() concern=concern.clone()/> })}
            {ctx.can::<EditWorkOrders>().then(|| view! { <ConcernDialog ctx=ctx.clone() concern/> })}
        </li>
    }
    .into_any()
}

fn or_dash(text: String) -> String {
    if text.is_empty() { "–".into() } else { text }
}

#[component]
fn FindingDialog(ctx: Ctx, concern: Concern) -> impl IntoView {
    let (open, close_href) = (ctx.draft.is(&format!("finding:{}", concern.id)), ctx.order.path());
    view! {
        <Dialog id=format!("finding-{}", concern.id) title="Cause and correction" open close_href><FindingForm ctx concern/></Dialog>
    }
    .into_any()
}

/// Cause and correction. What was there is posted along, so that a colleague's answer is not overwritten.
#[component]
fn FindingForm(ctx: Ctx, concern: Concern) -> impl IntoView {
    let form = format!("finding:{}", concern.id);
    let draft = &ctx.draft;
    view! {
        <p class="text-muted mb-3">{concern.concern}</p>
        <form class="form" method="post" action=ctx.action(&format!("concerns/{}/finding", concern.id))>
            <Hidden name="was_cause" value=draft.value(&form, "was_cause", concern.cause.clone())/>
            <Hidden name="was_correction" value=draft.value(&form, "was_correction", concern.correction.clone())/>
            <TextArea label="Cause" name="cause" id=format!("f-cause-{}", concern.id) hint="What you found" maxlength=4000u32
                value=draft.value(&form, "cause", concern.cause) error=draft.error(&form, "cause")/>
            <TextArea label="Correction" name="correction" id=format!("f-correction-{}", concern.id) hint="What you did or recommend" maxlength=4000u32
                value=draft.value(&form, "correction", concern.correction) error=draft.error(&form, "correction")/>
            <FormActions><SubmitButton label="Save findings"/></FormActions>
        </form>
    }
    .into_any()
}

#[component]
fn ConcernDialog(ctx: Ctx, concern: Concern) -> impl IntoView {
    let (open, close_href) = (ctx.draft.is(&format!("concern:{}", concern.id)), ctx.order.path());
    view! {
        <Dialog id=format!("concern-{}", concern.id) title="Edit concern" open close_href><ConcernForm ctx concern/></Dialog>
    }
    .into_any()
}

#[component]
fn ConcernForm(ctx: Ctx, concern: Concern) -> impl IntoView {
    let form = format!("concern:{}", concern.id);
    let draft = &ctx.draft;
    view! {
        <form class="form" method="post" action=ctx.action(&format!("concerns/{}", concern.id))>
            <Hidden name="was" value=draft.value(&form, "was", concern.concern.clone())/>
            <TextArea label="Concern" name="concern" id=format!("f-concern-{}", concern.id) maxlength=2000u32
                hint="In the customer's words. Clear the text to remove the concern."
                value=draft.value(&form, "concern", concern.concern) error=draft.error(&form, "concern")/>
            <FormActions><SubmitButton label="Save concern"/></FormActions>
        </form>
    }
    .into_any()
}

#[component]
fn AddConcern(ctx: Ctx) -> impl IntoView {
    let draft = &ctx.draft;
    view! {
        <form class="add-row" method="post" action=ctx.action("concerns")>
            <Hidden name="key" value=ctx.key()/>
            <Field label="New concern" name="concern" placeholder=terms().examples().concern maxlength=2000u32 autocomplete="off"
                value=draft.value("concern", "concern", "") error=draft.error("concern", "concern")/>
            <Button label="Add concern" icon="plus"/>
        </form>
    }
    .into_any()
}
