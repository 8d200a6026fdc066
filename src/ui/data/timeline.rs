//! What happened, newest first or oldest first as the page decides.

use leptos::prelude::*;

use crate::ui::icon::Icon;
use crate::ui::text::MaybeText;
use crate::ui::tone::Tone;

/// A list of [`TimelineItem`]s.
#[component]
pub fn Timeline(
    /// The entries.
    children: Children,
) -> impl IntoView {
    view! { <ol class="timeline">{children()}</ol> }
}

/// One thing that happened.
#[component]
pub fn TimelineItem(
    /// What happened.
    #[prop(into)]
    title: String,
    /// When and who.
    #[prop(optional, into)]
    meta: MaybeText,
    /// Its mark.
    #[prop(default = "circle-dot")]
    icon: &'static str,
    /// Its mood.
    #[prop(optional)]
    tone: Tone,
    /// A note, a reason, photos.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <li>
            <span class=format!("timeline-dot {}", tone.class())>
                <Icon name=icon />
            </span>
            <p class="font-medium">{title}</p>
            {meta.get().map(|text| view! { <p class="timeline-meta">{text}</p> })}
            {children.map(|children| view! { <div class="mt-1">{children()}</div> })}
        </li>
    }
}
