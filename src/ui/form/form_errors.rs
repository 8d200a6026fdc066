//! The summary above a form that was refused.

use leptos::prelude::*;

use super::shell::field_id;
use crate::ui::icon::Icon;

/// All that is wrong, each line a link to its field. Nothing at all when nothing is wrong.
#[component]
pub fn FormErrors(
    /// Field name and text; an empty name is about the whole form.
    errors: Vec<(String, String)>,
) -> impl IntoView {
    let title = match errors.len() {
        0 => return ().into_any(),
        1 => "Please fix 1 field".to_owned(),
        n => format!("Please fix {n} fields"),
    };
    let lines = errors
        .into_iter()
        .map(|(name, text)| view! { <ErrorLine name text /> })
        .collect_view();
    view! {
        <div class="alert tone-danger" role="alert">
            <Icon name="alert-circle" />
            <div>
                <strong>{title}</strong>
                <ul>{lines}</ul>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn ErrorLine(name: String, text: String) -> impl IntoView {
    if name.is_empty() {
        return view! { <li>{text}</li> }.into_any();
    }
    view! {
        <li>
            <a href=format!("#{}", field_id(&name))>{text}</a>
        </li>
    }
    .into_any()
}
