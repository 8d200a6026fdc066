//! Who works on which job.
use super::Ctx;
use crate::features::work_orders::form::AssignForm;
use crate::features::work_orders::view::{Job, Person as Technician};
use crate::kernel::permission::AssignTechnicians;
use crate::kernel::{FieldErrors, Form};
use crate::ui::prelude::*;
use leptos::prelude::*;

pub(in crate::features::work_orders) fn technicians_view(ctx: Ctx) -> impl IntoView {
    let jobs = ctx.order.jobs.clone();
    if jobs.is_empty() {
        return ().into_any();
    }
    let rows = jobs
        .iter()
        .cloned()
        .map(|job| job_people_view(ctx.clone(), job))
        .collect_view();
    view! {
        <Card title=terms().technician().titles() id="technicians">
            <ul class="people">{rows}</ul>
            {ctx.can::<AssignTechnicians>().then(|| assign_view(ctx, jobs))}
        </Card>
    }
    .into_any()
}

fn job_people_view(ctx: Ctx, job: Job) -> impl IntoView {
    let can = ctx.can::<AssignTechnicians>();
    let nobody = job.technicians.is_empty().then(|| {
        let tone = if job.authorized() {
            Tone::Warning
        } else {
            Tone::Neutral
        };
        view! { <Badge label="Not assigned" tone/> }
    });
    let people = job
        .technicians
        .iter()
        .cloned()
        .map(|technician| on_job_view(ctx.clone(), job.clone(), technician, can))
        .collect_view();
    view! {
        <li>
            <p class="sub">{job.data.title.clone()}</p>
            <div class="people-row">{nobody} {people}</div>
        </li>
    }
    .into_any()
}

fn on_job_view(ctx: Ctx, job: Job, technician: Technician, can: bool) -> impl IntoView {
    let Technician { id, name } = technician;
    let off = can.then(|| {
        let label = format!("Remove {name} from {}", job.data.title);
        let form = AssignForm {
            job: job.id.to_string(),
            member: id.to_string(),
            ..AssignForm::default()
        };
        let fields = form.fields(&FieldErrors::default());
        view! {
            <form method="post" action=ctx.action("assignments")>
                <Hidden of=fields.job/>
                <Hidden of=fields.member/>
                <button class="btn btn-ghost btn-icon btn-sm" name=fields.remove.name value="on" aria-label=label title="Remove from this job"><Icon name="x" class="icon-sm"/></button>
            </form>
        }
    });
    view! { <span class="on-job"><Person name/>{off}</span> }.into_any()
}

fn assign_view(ctx: Ctx, jobs: Vec<Job>) -> impl IntoView {
    let fields = ctx.filled("assign", AssignForm::default()).fields();
    let mut choices = vec![(String::new(), "All jobs".to_owned())];
    choices.extend(jobs.into_iter().map(|job| (job.id.to_string(), job.data.title)));
    view! {
        <form class="side-form" method="post" action=ctx.action("assignments")>
            <Select of=fields.member.lenient() prompt="Choose…" options=ctx.order.member_options(terms()) span=Span::Full/>
            <Select of=fields.job options=choices span=Span::Full/>
            <Button label="Assign" icon="user-plus"/>
        </form>
    }
    .into_any()
}
