//! What a result looks like, on the page and under the box.
use super::model::Hit;
use crate::ui::prelude::*;
use leptos::prelude::*;

/// Inside a link or an option: icon, plate, name, what else is known.
#[component]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub(super) fn HitBody(hit: Hit) -> impl IntoView {
    let plate = (!hit.plate.is_empty()).then(|| view! { <Plate text=hit.plate /> });
    let phase = hit
        .phase
        .map(|phase| view! { <PhaseBadge label=phase.label() tone=phase.tone() /> });
    let near = hit
        .near
        .map(|near| view! { <Badge label=near.label() tone=Tone::Warning /> });
    view! {
        <Icon name=hit.kind.icon() />
        <span class="search-words">
            <span class="search-title">
                {plate}
                <b>{hit.title}</b>
                {near}
            </span>
            <small>{hit.detail}</small>
        </span>
        {phase}
    }
    .into_any()
}
