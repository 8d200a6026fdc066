//! Figures over time, drawn on the server.

use leptos::prelude::*;

const WIDTH: i64 = 600;
const HEIGHT: i64 = 180;
const BASE: i64 = HEIGHT - 24;

/// Bars with their names under them; the last one is now. The figures also stand in a hidden table.
#[component]
pub fn BarChart(
    /// What is shown.
    #[prop(into)]
    title: String,
    /// Name, size and formatted size of each bar.
    bars: Vec<(String, i64, String)>,
) -> impl IntoView {
    let most = bars.iter().map(|(_, size, _)| *size).max().unwrap_or(0).max(1);
    let count = i64::try_from(bars.len()).unwrap_or(1).max(1);
    let step = WIDTH / count;
    // Names are thinned out rather than turned or cut.
    let every = (count / 13 + 1) as usize;
    let rows = bars
        .iter()
        .map(|(name, _, text)| view! { <li>{format!("{name}: {text}")}</li> })
        .collect_view();
    let drawn = (0..)
        .zip(bars)
        .map(|(i, (name, size, text))| {
            let height = (size.max(0) * (BASE - 8) / most).max(1);
            let now = i + 1 == count;
            let named = (count - 1 - i) as usize % every == 0;
            view! { <Bar x=i * step step height now name=named.then_some(name.clone()) hover=format!("{name}: {text}") /> }
        })
        .collect_view();
    view! {
        <figure>
            <svg class="chart" viewBox=format!("0 0 {WIDTH} {HEIGHT}") aria-hidden="true">
                <line class="chart-line" x1="0" x2=WIDTH y1=BASE y2=BASE />
                {drawn}
            </svg>
            <figcaption class="sr-only">
                {title} <ul>{rows}</ul>
            </figcaption>
        </figure>
    }
}

#[component]
fn Bar(x: i64, step: i64, height: i64, now: bool, name: Option<String>, hover: String) -> impl IntoView {
    let width = (step * 7 / 10).min(64);
    let left = x + (step - width) / 2;
    view! {
        <rect class=if now { "chart-bar is-now" } else { "chart-bar" } x=left y=BASE - height width=width height=height rx="4">
            <title>{hover}</title>
        </rect>
        {name.map(|name| view! { <text x=x + step / 2 y=HEIGHT - 6 text-anchor="middle">{name}</text> })}
    }
}
