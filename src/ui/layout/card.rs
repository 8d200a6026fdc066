//! Surfaces.

use leptos::prelude::*;

use crate::ui::text::MaybeText;

/// A surface with an optional head. `flush` gives its content the whole width, as tables want it.
#[component]
pub fn Card(
    /// The heading.
    #[prop(optional, into)]
    title: MaybeText,
    /// One line under the heading.
    #[prop(optional, into)]
    subtitle: MaybeText,
    /// Where a link can jump to.
    #[prop(optional, into)]
    id: MaybeText,
    /// Without padding.
    #[prop(optional)]
    flush: bool,
    /// Small buttons in the head.
    #[prop(optional, into)]
    actions: Option<ViewFnOnce>,
    /// Buttons or sums at the foot.
    #[prop(optional, into)]
    foot: Option<ViewFnOnce>,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    let has_head = title.is_some() || actions.is_some();
    let head = has_head.then(|| {
        view! {
            <div class="card-head">
                {title.get().map(|text| view! { <h2>{text}</h2> })}
                {actions.map(|actions| view! { <div class="card-actions">{actions.run()}</div> })}
                {subtitle.get().map(|text| view! { <p>{text}</p> })}
            </div>
        }
    });
    view! {
        <section class="card" id=id.get()>
            {head}
            <div class=if flush { "" } else { "card-body" }>{children()}</div>
            {foot.map(|foot| view! { <div class="card-foot">{foot.run()}</div> })}
        </section>
    }
}

/// A titled part of a page that has no surface of its own.
#[component]
pub fn Section(
    /// The heading.
    #[prop(into)]
    title: String,
    /// One line under the heading.
    #[prop(optional, into)]
    subtitle: MaybeText,
    /// Where a link can jump to.
    #[prop(optional, into)]
    id: MaybeText,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="stack" id=id.get()>
            <div>
                <h2 class="text-lg">{title}</h2>
                {subtitle.get().map(|text| view! { <p class="text-muted">{text}</p> })}
            </div>
            {children()}
        </section>
    }
}
