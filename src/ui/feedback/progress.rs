//! How far something has come.

use leptos::prelude::*;

use crate::ui::tone::Tone;

/// A bar from nothing to `max`.
#[component]
pub fn ProgressBar(
    /// What is measured, for screen readers.
    #[prop(into)]
    label: String,
    /// How far.
    value: u32,
    /// How far it goes.
    #[prop(default = 100)]
    max: u32,
    /// Its mood.
    #[prop(default = Tone::Accent)]
    tone: Tone,
) -> impl IntoView {
    view! {
        <progress
            class=format!("progress {}", tone.class())
            value=value.to_string()
            max=max.to_string()
            aria-label=label
        ></progress>
    }
}
