//! A list with nothing in it says what would be here and how to start.

use leptos::prelude::*;

use crate::ui::icon::Icon;
use crate::ui::text::MaybeText;

/// Icon, title, a sentence; the children are the way to start.
#[component]
pub fn EmptyState(
    /// What would be here.
    icon: &'static str,
    /// What is not here.
    #[prop(into)]
    title: String,
    /// Why, and what to do.
    #[prop(optional, into)]
    text: MaybeText,
    /// Buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <span class="empty-icon">
                <Icon name=icon class="icon-lg" />
            </span>
            <h3>{title}</h3>
            {text.get().map(|text| view! { <p>{text}</p> })}
            {children.map(|action| view! { <div class="empty-action">{action()}</div> })}
        </div>
    }
}
