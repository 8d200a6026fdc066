//! What the customer says; cause and correction as the technician answers it.
use super::Ctx;
use crate::features::work_orders::form::{
    ConcernChange, ConcernChangeForm, ConcernForm, Finding, FindingForm,
};
use crate::features::work_orders::view::Concern;
use crate::kernel::permission::{EditWorkOrders, RecordWork};
use crate::kernel::{Form, FormContext};
use crate::ui::prelude::*;
use leptos::prelude::*;

pub(in crate::features::work_orders) fn concerns_view(ctx: Ctx) -> impl IntoView {
    let concerns = ctx.order.concerns.clone();
    let empty = concerns.is_empty();
    let items = concerns
        .into_iter()
        .map(|concern| concern_item_view(ctx.clone(), concern))
        .collect_view();
    view! {
        <Card title="Concerns" id="concerns" flush=true>
            {empty.then(|| view! { <p class="card-note">"No concerns recorded yet."</p> })}
            <ol class="concerns">{items}</ol>
            {ctx.can::<EditWorkOrders>().then(|| add_concern_view(ctx))}
        </Card>
    }
    .into_any()
}

fn concern_item_view(ctx: Ctx, concern: Concern) -> impl IntoView {
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
            {ctx.can::<RecordWork>().then(|| finding_dialog_view(ctx.clone(), concern.clone()))}
            {ctx.can::<EditWorkOrders>().then(|| concern_dialog_view(ctx.clone(), concern))}
        </li>
    }
    .into_any()
}

fn or_dash(text: String) -> String {
    if text.is_empty() { "–".into() } else { text }
}

fn finding_dialog_view(ctx: Ctx, concern: Concern) -> impl IntoView {
    let (open, close_href) = (ctx.draft.is(&format!("finding:{}", concern.id)), ctx.order.path());
    view! {
        <Dialog id=format!("finding-{}", concern.id) title="Cause and correction" open close_href>{answer_form_view(ctx, concern)}</Dialog>
    }
    .into_any()
}

/// Cause and correction. What was there is posted along, so that a colleague's answer is not overwritten.
fn answer_form_view(ctx: Ctx, concern: Concern) -> impl IntoView {
    let id = concern.id;
    let saved = Finding {
        cause: concern.cause,
        correction: concern.correction,
    };
    let form = FindingForm::showing(&saved);
    let filled = ctx.filled(&format!("finding:{id}"), form);
    let filled = filled.beside(&saved, ctx.order.version, &FormContext::PUBLIC);
    let filled = filled
        .going_by("was_cause", &saved.cause)
        .going_by("was_correction", &saved.correction);
    let (head, fields) = (filled.head(), filled.fields());
    view! {
        <p class="text-muted mb-3">{concern.concern}</p>
        <form class="form" method="post" action=ctx.action(&format!("concerns/{id}/finding"))>
            <FormHead of=head thing="answer"/>
            <Hidden of=fields.was_cause/>
            <Hidden of=fields.was_correction/>
            <TextArea of=fields.cause id=format!("f-cause-{id}") hint="What you found"/>
            <TextArea of=fields.correction id=format!("f-correction-{id}") hint="What you did or recommend"/>
            <FormActions><SubmitButton label="Save findings"/></FormActions>
        </form>
    }
    .into_any()
}

fn concern_dialog_view(ctx: Ctx, concern: Concern) -> impl IntoView {
    let (open, close_href) = (ctx.draft.is(&format!("concern:{}", concern.id)), ctx.order.path());
    view! {
        <Dialog id=format!("concern-{}", concern.id) title="Edit concern" open close_href>{words_form_view(ctx, concern)}</Dialog>
    }
    .into_any()
}

fn words_form_view(ctx: Ctx, concern: Concern) -> impl IntoView {
    let id = concern.id;
    let saved = ConcernChange {
        concern: concern.concern,
    };
    let form = ConcernChangeForm {
        was: saved.concern.clone(),
        ..ConcernChangeForm::of(&saved, &FormContext::PUBLIC)
    };
    let filled = ctx.filled(&format!("concern:{id}"), form);
    let filled = filled
        .beside(&saved, ctx.order.version, &FormContext::PUBLIC)
        .going_by("was", &saved.concern);
    let (head, fields) = (filled.head(), filled.fields());
    view! {
        <form class="form" method="post" action=ctx.action(&format!("concerns/{id}"))>
            <FormHead of=head thing="concern"/>
            <Hidden of=fields.was/>
            <TextArea of=fields.concern id=format!("f-concern-{id}")
                hint="In the customer's words. Clear the text to remove the concern."/>
            <FormActions><SubmitButton label="Save concern"/></FormActions>
        </form>
    }
    .into_any()
}

fn add_concern_view(ctx: Ctx) -> impl IntoView {
    let fields = ctx.filled("concern", ConcernForm::default()).fields();
    view! {
        <form class="add-row" method="post" action=ctx.action("concerns")>
            <Hidden of=fields.key/>
            <Field of=fields.concern.lenient() placeholder=terms().examples().concern/>
            <Button label="Add concern" icon="plus"/>
        </form>
    }
    .into_any()
}
