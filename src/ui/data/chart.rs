//! Figures over time, drawn on the server.

use leptos::prelude::*;

/// Bars with their names under them; the last one is now. A screen reader hears them as a list.
#[component]
pub fn BarChart(
    /// What is shown.
    #[prop(into)]
    title: String,
    /// Name, size and formatted size of each bar.
    bars: Vec<(String, i64, String)>,
) -> impl IntoView {
    let most = bars.iter().map(|(_, size, _)| *size).max().unwrap_or(0).max(1);
    let count = bars.len();
    // Names are thinned out from the right rather than turned or cut.
    let every = count / 13 + 1;
    let drawn = bars
        .into_iter()
        .enumerate()
        .map(|(i, (name, size, text))| {
            let from_end = count - 1 - i;
            let percent = size.max(0) * 100 / most;
            view! { <Bar percent now=from_end == 0 named=from_end.is_multiple_of(every) name text /> }
        })
        .collect_view();
    view! {
        <ul class="chart" aria-label=title>
            {drawn}
        </ul>
    }
}

#[component]
fn Bar(percent: i64, now: bool, named: bool, name: String, text: String) -> impl IntoView {
    let spoken = format!("{name}: {text}");
    view! {
        <li class=if now { "chart-slot is-now" } else { "chart-slot" } title=spoken>
            <svg viewBox="0 0 10 100" preserveAspectRatio="none" aria-hidden="true">
                <rect x="0" width="10" y=100 - percent height=percent />
            </svg>
            <span aria-hidden="true">{named.then_some(name)}</span>
            <span class="sr-only">{spoken.clone()}</span>
        </li>
    }
}
