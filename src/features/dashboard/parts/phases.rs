//! Where the open work stands.
use super::super::model::Work;
use crate::domain::order::Phase;
use crate::ui::prelude::{Card, EmptyState, terms};
use leptos::prelude::*;

/// A bar for each open phase, also the empty ones: the eye knows where to look.
pub(in super::super) fn phase_card_view(work: Work) -> impl IntoView {
    if work.open() == 0 {
        return view! {
            <Card title="Open work by phase">
                <EmptyState icon="kanban" title=format!("No {} in the shop", terms().asset().many) text=terms().say("Work orders show here from check-in to hand-over.")/>
            </Card>
        }
        .into_any();
    }
    let most = work.phases.iter().map(|(_, count)| *count).max().unwrap_or(1);
    let bars = Phase::open()
        .map(|phase| view! { <Bar phase count=work.of(phase) most/> })
        .collect_view();
    view! {
        <Card title="Open work by phase" flush=true>
            <ul class="phase-bars">{bars}</ul>
        </Card>
    }
    .into_any()
}

#[component]
fn Bar(phase: Phase, count: i64, most: i64) -> impl IntoView {
    let class = format!("phase-bar {}", phase.tone().class());
    let href = format!("/work-orders?show={}", phase.name());
    view! {
        <li>
            <a class=class href=href data-empty=(count == 0).then_some("")>
                <span class="phase-name">{phase.label()}</span>
                <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                    <rect width=count * 100 / most.max(1) height="8"/>
                </svg>
                <span class="phase-count">{count}</span>
            </a>
        </li>
    }
}
