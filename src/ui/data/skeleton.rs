//! Grey lines where text will be; islands show them while they fetch.

use leptos::prelude::*;

/// Some lines of text that are on their way.
#[component]
pub fn Skeleton(
    /// How many.
    #[prop(default = 3)]
    lines: usize,
) -> impl IntoView {
    const WIDTHS: [&str; 4] = [
        "skeleton w-11/12",
        "skeleton w-4/5",
        "skeleton w-2/3",
        "skeleton w-3/4",
    ];
    let lines = (0..lines)
        .map(|i| view! { <span class=WIDTHS[i % WIDTHS.len()]></span> })
        .collect_view();
    view! {
        <div class="grid gap-2.5" role="status" aria-label="Loading">
            {lines}
        </div>
    }
}
