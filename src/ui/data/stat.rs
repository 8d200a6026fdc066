//! Figures on a dashboard. Each leads to the rows that it counts.

use leptos::prelude::*;

use crate::ui::icon::Icon;
use crate::ui::text::MaybeText;
use crate::ui::tone::Tone;

/// Tiles beside each other.
#[component]
pub fn StatRow(
    /// The tiles.
    children: Children,
) -> impl IntoView {
    view! { <div class="grid-auto">{children()}</div> }
}

/// A figure with its name.
#[component]
pub fn Stat(
    /// What is counted.
    #[prop(into)]
    label: String,
    /// How much, formatted.
    #[prop(into)]
    value: String,
    /// The list behind it.
    #[prop(optional, into)]
    href: MaybeText,
    /// Its basis: "by posting date", "3 more than last week".
    #[prop(optional, into)]
    note: MaybeText,
    /// The mood of the icon.
    #[prop(optional)]
    tone: Tone,
    /// An icon before the label.
    #[prop(optional)]
    icon: &'static str,
) -> impl IntoView {
    let class = format!("card stat {}", tone.class());
    let inside = view! {
        <span class="stat-label">{(!icon.is_empty()).then(|| view! { <Icon name=icon /> })} {label}</span>
        <span class="stat-value">{value}</span>
        {note.get().map(|text| view! { <small>{text}</small> })}
    };
    match href.get() {
        Some(href) => view! {
            <a class=class href=href>
                {inside}
            </a>
        }
        .into_any(),
        None => view! { <div class=class>{inside}</div> }.into_any(),
    }
}
