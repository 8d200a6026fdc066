//! The four figures of the moment.
use super::super::model::Work;
use crate::domain::order::Phase;
use crate::ui::prelude::{Stat, StatRow, Tone, terms};
use leptos::prelude::*;

/// Arrived, late, ready, open.
pub(in super::super) fn now_tiles_view(work: Work) -> impl IntoView {
    let (late, ready) = (work.overdue, work.of(Phase::Ready));
    let late_tone = if late > 0 { Tone::Danger } else { Tone::Success };
    let late_note = if late > 0 {
        "past the promised time"
    } else {
        "nothing is late"
    };
    let ready_tone = if ready > 0 { Tone::Success } else { Tone::Neutral };
    view! {
        <StatRow>
            <Stat label="Arrived today" value=work.arrived.to_string() href="/work-orders?show=today" icon="log-in" note="checked in today"/>
            <Stat label="Overdue" value=late.to_string() href="/work-orders?show=overdue" icon="alert-triangle" tone=late_tone note=late_note/>
            <Stat label="Ready for pick-up" value=ready.to_string() href="/work-orders?show=ready" icon="key" tone=ready_tone note="waiting for pick-up"/>
            <Stat label=terms().say("Open work orders") value=work.open().to_string() href="/work-orders?show=open" icon="wrench" tone=Tone::Info note=format!("{} in the shop now", terms().asset().many)/>
        </StatRow>
    }
}
