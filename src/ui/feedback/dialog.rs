//! Dialogs that open without script: a button names the dialog it opens.

use leptos::prelude::*;

use crate::ui::form::{Button, PostButton, Variant};
use crate::ui::icon::Icon;
use crate::ui::text::MaybeText;

/// A dialog. `Button opens=id` opens it, Escape or a click beside it closes it.
///
/// A form inside that was refused comes back with `open=true`: the dialog is then there when the page arrives,
/// and `close_href` leads to the page without it.
#[component]
pub fn Dialog(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// What it asks.
    #[prop(into)]
    title: String,
    /// Room for two columns.
    #[prop(optional)]
    wide: bool,
    /// Open when the page arrives.
    #[prop(optional)]
    open: bool,
    /// Where closing leads when it arrived open.
    #[prop(optional, into)]
    close_href: MaybeText,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    let class = format!(
        "dialog{}{}",
        if wide { " dialog-wide" } else { "" },
        if open { " is-open" } else { "" }
    );
    let heading = format!("{id}-title");
    let close = if open {
        let href = close_href.get().unwrap_or_else(|| "?".to_owned());
        view! {
            <a class="btn btn-ghost btn-icon" href=href aria-label="Close">
                <Icon name="x" />
            </a>
        }
        .into_any()
    } else {
        view! {
            <button
                class="btn btn-ghost btn-icon"
                type="button"
                popovertarget=id.clone()
                popovertargetaction="hide"
                aria-label="Close"
            >
                <Icon name="x" />
            </button>
        }
        .into_any()
    };
    view! {
        <div id=id class=class role="dialog" aria-labelledby=heading popover=(!open).then_some("auto")>
            <div class="dialog-head">
                <h2 id=heading.clone()>{title}</h2>
                {close}
            </div>
            <div class="dialog-body">{children()}</div>
        </div>
    }
}

/// Asks before something is taken away. Open it with `Button opens=id`.
#[component]
pub fn Confirm(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// The question: "Cancel this work order?".
    #[prop(into)]
    title: String,
    /// What follows from it.
    #[prop(into)]
    text: String,
    /// Where it posts.
    #[prop(into)]
    action: String,
    /// The action, as a verb: "Cancel work order".
    #[prop(into)]
    label: String,
    /// What it posts.
    #[prop(optional)]
    fields: Vec<(String, String)>,
) -> impl IntoView {
    view! {
        <Dialog id=id.clone() title>
            <p class="text-muted">{text}</p>
            <div class="form-actions mt-5">
                <PostButton action label fields variant=Variant::DangerFill />
                <Button label="Go back" opens=id />
            </div>
        </Dialog>
    }
}
