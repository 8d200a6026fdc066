//! Bays (or technicians) over a day. A quarter of an hour is one row, so places are classes, not styles.

use crate::ui::locale::locale;
use chrono::{NaiveTime, TimeDelta};
use leptos::prelude::*;

use crate::ui::tone::Tone;

/// Something that takes a bay for a while.
#[derive(Clone, Debug, Default)]
pub struct PlannerItem {
    /// Which lane, counted from 0.
    pub lane: usize,
    /// Minutes since midnight.
    pub start: u32,
    /// How long, in minutes.
    pub minutes: u32,
    /// What it is.
    pub title: String,
    /// Who and which car.
    pub sub: String,
    /// Where it leads.
    pub href: String,
    /// Its state.
    pub tone: Tone,
}

/// The day of some lanes between two full hours. What lies outside them is cut to them.
#[component]
pub fn Planner(
    /// Names of the bays or technicians.
    lanes: Vec<String>,
    /// First hour shown.
    #[prop(default = 7)]
    from: u32,
    /// Last hour shown, exclusive.
    #[prop(default = 19)]
    to: u32,
    /// What is planned.
    items: Vec<PlannerItem>,
) -> impl IntoView {
    let rows = (to.saturating_sub(from) * 4).max(4);
    let heads = lanes
        .iter()
        .cloned()
        .map(|name| view! { <div class="planner-head">{name}</div> })
        .collect_view();
    let lines = (2..lanes.len() + 2)
        .map(|column| view! { <div class=format!("planner-lane row-start-2 row-span-{rows} col-start-{column}")></div> })
        .collect_view();
    let hours = (from..to)
        .map(|hour| {
            let row = (hour - from) * 4 + 2;
            view! { <div class=format!("planner-hour row-start-{row} row-span-4")>{clock(hour * 60)}</div> }
        })
        .collect_view();
    let items = items
        .into_iter()
        .filter_map(|item| placed(item, from * 60, to * 60))
        .collect_view();
    view! {
        <div class="planner-wrap" tabindex="0" role="group" aria-label="Plan of the day">
            <div class="planner">
                <div class="planner-head">""</div>
                {heads}
                {lines}
                {hours}
                {items}
            </div>
        </div>
    }
}

/// The item in its rows, or nothing when it lies outside the day shown.
fn placed(item: PlannerItem, from: u32, to: u32) -> Option<impl IntoView> {
    let (row, span) = rows(item.start, item.minutes, from, to)?;
    let column = item.lane + 2;
    let class = format!(
        "planner-item {} col-start-{column} row-start-{row} row-span-{span}",
        item.tone.class()
    );
    let time = clock(item.start);
    Some(view! {
        <a class=class href=item.href>
            <b>{time}" "{item.title}</b>
            <span>{item.sub}</span>
        </a>
    })
}

/// A time of day, in minutes since midnight.
fn clock(minutes: u32) -> String {
    locale().time(NaiveTime::MIN + TimeDelta::minutes(minutes.into()))
}

/// Grid row and row span of a stretch of minutes within the day shown.
fn rows(start: u32, minutes: u32, from: u32, to: u32) -> Option<(u32, u32)> {
    let end = (start + minutes).min(to);
    let start = start.max(from);
    (start < end).then(|| ((start - from) / 15 + 2, (end - start).div_ceil(15)))
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn a_quarter_is_a_row_and_the_day_cuts() {
        assert_eq!(rows(8 * 60, 60, 7 * 60, 19 * 60), Some((6, 4)));
        assert_eq!(rows(6 * 60 + 30, 60, 7 * 60, 19 * 60), Some((2, 2)));
        assert_eq!(rows(20 * 60, 60, 7 * 60, 19 * 60), None);
    }
}
