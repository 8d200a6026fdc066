//! The head: number, phase, and where it can go from here.
use super::Ctx;
use super::moves::move_actions_view;
use crate::features::work_orders::view::Flags;
use crate::server::orders::Place;
use crate::ui::prelude::*;
use leptos::prelude::*;

pub(in crate::features::work_orders) fn header_view(ctx: Ctx) -> impl IntoView {
    let order = &ctx.order;
    let (number, phase, waiting) = (
        order.number.clone(),
        order.phase,
        order.waiting && order.is_open(),
    );
    let flags = order.flags.clone();
    let (open, call) = (order.is_open(), order.call().is_some());
    let since = format!("since {}", ctx.moment(order.phase_since));
    let head = ctx.parts(Place::Head);
    let badges = move || {
        view! {
            <PhaseBadge label=phase.label() tone=phase.tone() large=true/>
            <span class="text-sm text-muted">{since}</span>
            {head}
            {call.then(|| view! { <a href="#attention"><Badge label="Needs attention" tone=Tone::Danger icon="alert-triangle"/></a> })}
            {open.then(|| flag_badges_view(flags))}
            {waiting.then(|| view! { <Badge label="Waiting" tone=Tone::Info icon="user"/> })}
        }
    };
    view! {
        <PageHeader title=number crumbs=vec![("/work-orders".into(), terms().work_order().titles())] badges>
            {ctx.parts(Place::Actions)}
            {move_actions_view(ctx.clone())}
        </PageHeader>
    }
    .into_any()
}

/// Urgent, not here, key number.
pub fn flag_badges_view(flags: Flags) -> impl IntoView {
    let key = (!flags.key_tag.is_empty()).then(|| format!("{} {}", terms().examples().place, flags.key_tag));
    view! {
        {flags.urgent.then(|| view! { <Badge label="Urgent" tone=Tone::Danger icon="flag"/> })}
        {flags.off_site.then(|| view! { <Badge label="Not here" tone=Tone::Warning icon="map-pin"/> })}
        {key.map(|label| view! { <Badge label icon="key"/> })}
    }
}
