//! All jobs, and the row that adds one.
use super::Ctx;
use super::job::JobCard;
use crate::domain::order::Payer;
use crate::features::work_orders::form::JobForm;
use crate::kernel::permission::EditWorkOrders;
use crate::ui::prelude::*;
use leptos::prelude::*;

pub(in crate::features::work_orders) fn jobs_view(ctx: Ctx) -> impl IntoView {
    let jobs = ctx.order.jobs.clone();
    let count = jobs.len();
    let cards = jobs
        .into_iter()
        .map(|job| view! { <JobCard ctx=ctx.clone() job/> })
        .collect_view();
    let can_add = ctx.can::<EditWorkOrders>();
    let empty = (count == 0).then(|| {
        let text = if can_add {
            "Each job is approved by the customer on its own. Name the first one below, then add priced lines."
        } else {
            "The front desk adds jobs, or you add findings to a concern."
        };
        view! { <section class="card"><EmptyState icon="clipboard-list" title="No jobs yet" text/></section> }
    });
    view! {
        <div class="stack" id="jobs">
            {empty}
            {cards}
            {can_add.then(|| add_job_view(ctx))}
        </div>
    }
    .into_any()
}

fn add_job_view(ctx: Ctx) -> impl IntoView {
    let blank = JobForm {
        payer: Payer::Customer.name().to_owned(),
        ..JobForm::default()
    };
    let fields = ctx.draft.filled("job", blank).keyed(&ctx.key()).fields();
    view! {
        <form class="card add-row" method="post" action=ctx.action("jobs")>
            <Hidden of=fields.key/>
            <Field of=fields.title.lenient().label("New job") placeholder=terms().examples().job/>
            <div class="add-payer">
                <Select of=fields.payer.lenient()/>
            </div>
            <Button label="Add job" icon="plus"/>
        </form>
    }
    .into_any()
}
