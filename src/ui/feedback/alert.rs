//! A message in the flow of the page.

use leptos::prelude::*;

use crate::ui::icon::Icon;
use crate::ui::text::MaybeText;
use crate::ui::tone::Tone;

/// Title and words with a tone. Danger interrupts a screen reader, everything else waits.
#[component]
pub fn Alert(
    /// Its mood.
    #[prop(optional)]
    tone: Tone,
    /// One short sentence.
    #[prop(optional, into)]
    title: MaybeText,
    /// More words, links, buttons.
    children: Children,
) -> impl IntoView {
    let role = if tone == Tone::Danger { "alert" } else { "status" };
    view! {
        <div class=format!("alert {}", tone.class()) role=role>
            <Icon name=tone.icon() />
            <div>{title.get().map(|text| view! { <strong>{text}</strong> })} {children()}</div>
        </div>
    }
}
