//! One job: where it stands, who works on it, what it costs.
use super::Ctx;
use super::lines::JobLines;
use crate::domain::order::{JobDecision, Payer, Phase, WorkState};
use crate::features::work_orders::form::{JobForm, Step, WorkForm};
use crate::features::work_orders::view::Job;
use crate::kernel::permission::{AssignTechnicians, EditWorkOrders, RecordWork};
use crate::kernel::{Form, FormContext};
use crate::ui::prelude::*;
use leptos::prelude::*;

#[component]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub(super) fn JobCard(ctx: Ctx, job: Job) -> impl IntoView {
    let class = if job.decision == JobDecision::Declined {
        "card job is-declined"
    } else {
        "card job"
    };
    let total = ctx.sees_prices().then(|| {
        let text = ctx.money(job.totals().gross);
        view! { <span class="job-total money">{text}</span> }
    });
    let names = job
        .technicians
        .iter()
        .map(|t| t.name.clone())
        .collect::<Vec<_>>()
        .join(", ");
    let (id, title, name) = (job.id.to_string(), job.data.title.clone(), job.data.title.clone());
    view! {
        <section class=class id=id aria-label=name>
            <div class="job-head">
                <div class="job-title">
                    <h2>{title}</h2>
                    {job_badges_view(job.clone())}
                    {(!names.is_empty()).then(|| view! { <span class="job-people"><Icon name="wrench" class="icon-sm"/>{names}</span> })}
                </div>
                <div class="job-actions">
                    {work_button_view(ctx.clone(), job.clone())}
                    {total}
                    {edit_job_view(ctx.clone(), job.clone())}
                </div>
            </div>
            <JobLines ctx job/>
        </section>
    }
    .into_any()
}

fn job_badges_view(job: Job) -> impl IntoView {
    let decision = match job.data.payer {
        Payer::Customer => view! { <Badge label=job.decision.label() tone=job.decision.tone()/> }.into_any(),
        payer => {
            view! { <Badge label=format!("Pay type: {}", payer.label()) tone=Tone::Violet icon="shield"/> }
                .into_any()
        }
    };
    let work = (job.work_state != WorkState::NotStarted)
        .then(|| view! { <Badge label=job.work_state.label() tone=job.work_state.tone() icon="wrench"/> });
    view! { {decision} {work} }.into_any()
}

/// Start and finish: own jobs, or any for who assigns.
fn work_button_view(ctx: Ctx, job: Job) -> impl IntoView {
    let me = ctx.session.member();
    let mine = job.technicians.iter().any(|t| t.id == me) || ctx.session.allows::<AssignTechnicians>();
    if !mine || !ctx.can::<RecordWork>() || !job.authorized() || ctx.order.phase == Phase::Ready {
        return ().into_any();
    }
    let (step, label, icon) = match job.work_state {
        WorkState::NotStarted => (Step::Start, "Start", "play"),
        WorkState::Started => (Step::Finish, "Finish", "check"),
        WorkState::Finished => (Step::Start, "Reopen", "rotate-ccw"),
    };
    let action = ctx.action(&format!("jobs/{}/work", job.id));
    view! { <PostButton action label icon size=Size::Small fields=vec![WorkForm::button(step)]/> }.into_any()
}

/// Renaming, who pays, removing: only while the customer has not decided.
fn edit_job_view(ctx: Ctx, job: Job) -> impl IntoView {
    if !ctx.can::<EditWorkOrders>() || job.decision != JobDecision::Open {
        return ().into_any();
    }
    let open = ctx.draft.is(&format!("job:{}", job.id));
    let (dialog, label, close_href) = (
        format!("edit-{}", job.id),
        format!("Edit {}", job.data.title),
        ctx.order.path(),
    );
    view! {
        <button class="btn btn-ghost btn-sm btn-icon" type="button" popovertarget=dialog.clone() aria-label=label><Icon name="pencil" class="icon-sm"/></button>
        <Dialog id=dialog title="Edit job" open close_href>{edit_form_view(ctx, job)}</Dialog>
    }
    .into_any()
}

fn edit_form_view(ctx: Ctx, job: Job) -> impl IntoView {
    let removable = job.work_state == WorkState::NotStarted;
    let (action, title, payer) = (
        ctx.action(&format!("jobs/{}", job.id)),
        format!("f-title-{}", job.id),
        format!("f-payer-{}", job.id),
    );
    let saved = job.data;
    let context = FormContext::PUBLIC;
    let form = JobForm::of(&saved, &context).versioned(ctx.order.version);
    let filled = ctx.draft.filled(&format!("job:{}", job.id), form);
    let filled = filled.beside(&saved, ctx.order.version, &context);
    let (head, fields) = (filled.head(), filled.fields());
    view! {
        <form class="form" method="post" action=action>
            <FormHead of=head thing="job"/>
            <Hidden of=fields.version/>
            <Field of=fields.title id=title span=Span::Full/>
            <Select of=fields.payer id=payer span=Span::Full hint="Internal and warranty work needs no customer approval."/>
            <FormActions>
                <SubmitButton label="Save job"/>
                {removable.then(|| view! { <Button label="Remove job and its lines" name="remove" value="on" variant=Variant::Danger/> })}
            </FormActions>
        </form>
    }
    .into_any()
}
