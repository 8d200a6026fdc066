//! Small words in colour: phases, labels, plates.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ui::icon::Icon;
use crate::ui::tone::Tone;

/// A word with a tone.
#[component]
pub fn Badge(
    /// The word.
    #[prop(into)]
    label: String,
    /// Its mood.
    #[prop(optional)]
    tone: Tone,
    /// An icon before it.
    #[prop(optional)]
    icon: &'static str,
) -> impl IntoView {
    view! {
        <span class=format!("badge {}", tone.class())>
            {(!icon.is_empty()).then(|| view! { <Icon name=icon /> })} {label}
        </span>
    }
}

/// A word that a feature puts on something: the workshop's own label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chip {
    /// The word: its colour never says anything alone.
    pub label: String,
    pub tone: Tone,
}

/// Such words, each with a bar of its colour.
#[component]
pub fn Chips(
    /// In the order in which they stand.
    of: Vec<Chip>,
) -> impl IntoView {
    of.into_iter()
        .map(|chip| view! { <span class=format!("badge badge-label {}", chip.tone.class())>{chip.label}</span> })
        .collect_view()
}

/// Where something stands: a badge with a dot, larger in the head of a page.
#[component]
pub fn PhaseBadge(
    /// The phase's name.
    #[prop(into)]
    label: String,
    /// Its mood.
    #[prop(optional)]
    tone: Tone,
    /// In the head of a page.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    let size = if large { " badge-lg" } else { "" };
    view! { <span class=format!("badge badge-dot {}{size}", tone.class())>{label}</span> }
}

/// A registration plate.
#[component]
pub fn Plate(
    /// As it is written on the car.
    #[prop(into)]
    text: String,
    /// In the head of a page and at the bay.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    view! { <span class=if large { "plate plate-lg" } else { "plate" }>{text}</span> }
}

/// An e-mail address; where it has to break, it breaks before its `@`.
#[component]
pub fn EmailText(
    /// The address.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    match text.split_once('@') {
        Some((name, host)) => view! { {name.to_owned()} <wbr /> {format!("@{host}")} }.into_any(),
        None => text.into_any(),
    }
}

/// A mark inside a sentence: a plate is never broken at its hyphen.
#[component]
pub fn Unbroken(
    /// As it is written on the car.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <span class="whitespace-nowrap">{text}</span> }
}
