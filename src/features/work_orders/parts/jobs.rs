//! All jobs, and the row that adds one.
use super::Ctx;
use super::job::JobCard;
use crate::features::work_orders::model::Payer;
use crate::kernel::permission::EditWorkOrders;
use crate::ui::prelude::*;
use leptos::prelude::*;

#[component]
pub(in crate::features::work_orders) fn Jobs(ctx: Ctx) -> impl IntoView {
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
            {can_add.then(|| view! { <AddJob ctx/> })}
        </div>
    }
    .into_any()
}

#[component]
fn AddJob(ctx: Ctx) -> impl IntoView {
    let draft = &ctx.draft;
    view! {
        <form class="card add-row" method="post" action=ctx.action("jobs")>
            <Hidden name="key" value=ctx.key()/>
            <Field label="New job" name="title" placeholder="Replace front brake pads" maxlength=200u32 autocomplete="off"
                value=draft.value("job", "title", "") error=draft.error("job", "title")/>
            <div class="add-payer">
                <Select label="Paid by" name="payer" options=Payer::options()
                    selected=draft.value("job", "payer", "customer") error=draft.error("job", "payer")/>
            </div>
            <Button label="Add job" icon="plus"/>
        </form>
    }
    .into_any()
}
