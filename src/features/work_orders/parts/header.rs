//! The head: number, phase, and where it can go from here.
use super::Ctx;
use super::moves::MoveActions;
use crate::kernel::permission::CreateWorkOrders;
use crate::ui::prelude::*;
use leptos::prelude::*;

#[component]
pub(in crate::features::work_orders) fn Header(ctx: Ctx) -> impl IntoView {
    let order = &ctx.order;
    let (number, phase, waiting) = (
        order.number.clone(),
        order.phase,
        order.waiting && order.is_open(),
    );
    let since = format!("since {}", ctx.moment(order.phase_since));
    let badges = move || {
        view! {
            <PhaseBadge label=phase.label() tone=phase.tone() large=true/>
            <span class="text-sm text-muted">{since}</span>
            {waiting.then(|| view! { <Badge label="Customer waits here" tone=Tone::Accent icon="user"/> })}
        }
    };
    let sheet = ctx
        .can::<CreateWorkOrders>()
        .then(|| format!("{}/check-in-sheet", order.path()));
    view! {
        <PageHeader title=number crumbs=vec![("/work-orders".into(), "Work orders".into())] badges>
            {sheet.map(|href| view! { <ButtonLink href label="Check-in sheet" icon="printer" variant=Variant::Ghost/> })}
            <MoveActions ctx=ctx.clone()/>
        </PageHeader>
    }
    .into_any()
}
