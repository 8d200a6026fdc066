//! Two people edited the same thing.

use leptos::prelude::*;

use crate::ui::feedback::Alert;
use crate::ui::tone::Tone;

/// What somebody else saved while this form was open. The entries stay in the form below; saving again is a decision.
#[component]
pub fn Overtaken(
    /// What was edited: "customer".
    #[prop(into)]
    thing: String,
    /// Name and saved value of each field in which the two differ.
    theirs: Vec<(String, String)>,
) -> impl IntoView {
    let same = theirs.is_empty();
    let words = if same {
        "Their changes match yours. There is nothing left to do."
    } else {
        "Your entries are below and not saved yet. The saved version has:"
    };
    let lines = theirs
        .into_iter()
        .map(|(name, value)| {
            let value = if value.is_empty() {
                "(empty)".to_owned()
            } else {
                value
            };
            view! {
                <li>
                    {name} ": " <b class="break-words">{value}</b>
                </li>
            }
        })
        .collect_view();
    let after = (!same).then(|| {
        view! { <p>"Copy over what is right, then save. Your entries replace the saved ones."</p> }
    });
    view! {
        <Alert tone=Tone::Danger title=format!("Someone else saved this {thing} while you were editing")>
            <p>{words}</p>
            <ul>{lines}</ul>
            {after}
        </Alert>
    }
}
