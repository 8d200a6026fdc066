//! What the last action did.

use leptos::prelude::*;

use crate::ui::icon::Icon;
use crate::ui::tone::Tone;

/// A line above the bottom edge. It fades by itself, unless it tells of a failure or the pointer rests on it.
#[component]
pub fn Toast(
    /// Its mood.
    #[prop(default = Tone::Success)]
    tone: Tone,
    /// One sentence.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! {
        <div class=format!("toast {}", tone.class()) role="status">
            <Icon name=tone.icon() />
            <span>{text}</span>
        </div>
    }
}
