//! A menu behind a button: beside it on a desk, a sheet from below on a phone.

use leptos::prelude::*;

use crate::ui::icon::Icon;
use crate::ui::text::MaybeText;

/// The button and its menu.
#[component]
pub fn Menu(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// What it offers; shown unless `quiet`.
    #[prop(into)]
    label: String,
    /// Only the icon is shown.
    #[prop(optional)]
    quiet: bool,
    /// The face of the button.
    #[prop(default = "more-horizontal")]
    icon: &'static str,
    /// [`MenuLink`]s and [`MenuPost`]s.
    children: Children,
) -> impl IntoView {
    let class = if quiet { "btn btn-ghost btn-icon" } else { "btn" };
    let spoken = quiet.then(|| label.clone());
    view! {
        <button class=class type="button" popovertarget=id.clone() aria-label=spoken>
            <Icon name=icon />
            {(!quiet).then_some(label)}
        </button>
        <div id=id class="pop pop-anchor" popover="auto">
            {children()}
        </div>
    }
}

/// An entry that leads somewhere.
#[component]
pub fn MenuLink(
    /// Where.
    #[prop(into)]
    href: String,
    /// Its words.
    #[prop(into)]
    label: String,
    /// Its face.
    icon: &'static str,
) -> impl IntoView {
    view! {
        <a class="pop-item" href=href>
            <Icon name=icon />
            {label}
        </a>
    }
}

/// An entry that changes something. With `opens` it opens a dialog first instead of posting.
#[component]
pub fn MenuPost(
    /// Where it posts.
    #[prop(optional, into)]
    action: MaybeText,
    /// The dialog that asks first.
    #[prop(optional, into)]
    opens: MaybeText,
    /// Its words.
    #[prop(into)]
    label: String,
    /// Its face.
    icon: &'static str,
    /// What it posts.
    #[prop(optional)]
    fields: Vec<(String, String)>,
    /// Takes something away.
    #[prop(optional)]
    danger: bool,
) -> impl IntoView {
    let class = if danger { "pop-item is-danger" } else { "pop-item" };
    let face = view! {
        <Icon name=icon />
        {label}
    };
    if let Some(dialog) = opens.get() {
        return view! {
            <button class=class type="button" popovertarget=dialog>
                {face}
            </button>
        }
        .into_any();
    }
    let fields = fields
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    view! {
        <form method="post" action=action.get()>
            {fields}
            <button class=class type="submit">
                {face}
            </button>
        </form>
    }
    .into_any()
}
