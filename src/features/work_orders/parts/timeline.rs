//! Everything that happened, newest first, with how long each phase took.
use super::Ctx;
use crate::domain::order::{Audience, Phase};
use crate::features::work_orders::format::duration;
use crate::features::work_orders::view::{Entry, Event};
use crate::ui::prelude::*;
use chrono::{DateTime, Utc};
use leptos::prelude::*;

/// What is shown before "all of it".
const SHORT: usize = 12;

#[component]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub(in crate::features::work_orders) fn History(ctx: Ctx) -> impl IntoView {
    let spans = spans(&ctx.order.history);
    let mut items: Vec<_> = ctx
        .order
        .history
        .iter()
        .map(|entry| view! { <Item entry=entry.clone() meta=meta(&ctx, entry, &spans)/> }.into_any())
        .collect();
    let rest = items.split_off(items.len().min(SHORT));
    let more = (!rest.is_empty()).then(|| {
        let label = format!("{} older entries", rest.len());
        view! { <details class="mt-3"><summary class="link">{label}</summary><div class="mt-3"><Timeline>{rest}</Timeline></div></details> }
    });
    view! {
        <Card title="History" id="history">
            <Timeline>{items}</Timeline>
            {more}
        </Card>
    }
    .into_any()
}

/// When each move happened, oldest first.
fn spans(history: &[Entry]) -> Vec<DateTime<Utc>> {
    let moved = |entry: &&Entry| matches!(entry.what, Event::Moved { .. });
    history.iter().rev().filter(moved).map(|entry| entry.at).collect()
}

/// When and who; for a move, how long the phase before it took.
fn meta(ctx: &Ctx, entry: &Entry, moves: &[DateTime<Utc>]) -> String {
    let base = format!("{} · {}", ctx.moment(entry.at), entry.who);
    let before = moves.iter().rev().find(|at| **at < entry.at);
    match (&entry.what, before) {
        (Event::Moved { from: Some(from), .. }, Some(before)) => {
            format!("{base} · {} in {}", duration(entry.at - *before), from.label())
        }
        _ => base,
    }
}

#[component]
fn Item(entry: Entry, meta: String) -> impl IntoView {
    match entry.what {
        Event::Moved { from: None, .. } => {
            view! { <TimelineItem title=terms().say("Work order opened") meta icon="file-plus"/> }.into_any()
        }
        Event::Moved { to, reason, .. } => {
            let title = format!("Moved to {}", to.label());
            view! { <TimelineItem title meta icon=to.icon() tone=to.tone()>{quoted(reason)}</TimelineItem> }
                .into_any()
        }
        Event::Noted(note) => {
            let (title, tone) = match (note.audience, note.attention) {
                (_, true) => ("Call for attention", Tone::Danger),
                (Audience::Internal, _) => ("Internal note", Tone::Warning),
                (Audience::Customer, _) => ("Note for the customer", Tone::Info),
            };
            view! { <TimelineItem title meta icon="message-square" tone><p class="note-body">{note.body}</p></TimelineItem> }.into_any()
        }
        Event::Did { action, summary } => {
            let (icon, tone) = face(&action);
            view! { <TimelineItem title=summary meta icon tone/> }.into_any()
        }
    }
}

fn quoted(reason: String) -> Option<impl IntoView> {
    (!reason.is_empty()).then(|| view! { <p class="note-body">"“"{reason}"”"</p> })
}

fn face(action: &str) -> (&'static str, Tone) {
    match action {
        "decision.approved" => ("check-circle", Tone::Success),
        "decision.declined" => ("ban", Tone::Danger),
        "work_order.moved" => ("alert-triangle", Tone::Danger),
        "work_order.handed_over" => (Phase::Delivered.icon(), Tone::Success),
        "job.started" => ("play", Tone::Info),
        "job.finished" => ("check", Tone::Success),
        "job.reopened" => ("rotate-ccw", Tone::Warning),
        "technician.assigned" | "technician.unassigned" => ("user-plus", Tone::Neutral),
        "work_order.odometer_read" => ("gauge", Tone::Neutral),
        other if other.starts_with("invoice") => ("receipt", Tone::Teal),
        other if other.starts_with("payment") => ("banknote", Tone::Success),
        _ => ("circle-dot", Tone::Neutral),
    }
}
