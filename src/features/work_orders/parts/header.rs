//! The head: number, phase, and where it can go from here.
use super::Ctx;
use super::moves::MoveActions;
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
    view! {
        <PageHeader title=number crumbs=vec![("/work-orders".into(), "Work orders".into())] badges>
            <MoveActions ctx=ctx.clone()/>
        </PageHeader>
    }
    .into_any()
}
