//! What stands above a form: why it was refused, and what somebody else saved meanwhile.

use leptos::prelude::*;

use super::form_errors::FormErrors;
use super::overtaken::Overtaken;
use crate::kernel::Conflict;
use crate::kernel::form;
use crate::ui::feedback::Alert;
use crate::ui::tone::Tone;

/// Everything a page says about its form as a whole. Nothing at all on a form that was just opened.
#[component]
pub fn FormHead(
    /// What the page got back from the write.
    of: form::FormHead,
    /// What is edited: "customer".
    #[prop(into)]
    thing: String,
) -> impl IntoView {
    let overtaken = of.theirs.map(|theirs| view! { <Overtaken thing theirs /> });
    let conflict = of
        .conflict
        .filter(|conflict| overtaken.is_none() || *conflict != Conflict::ChangedMeanwhile);
    view! {
        {overtaken}
        <FormConflict of=conflict />
        <FormErrors errors=of.errors.summary() />
    }
}

/// Why the state of things was in the way, with the places to mend it.
#[component]
pub fn FormConflict(
    /// Nothing where nothing was.
    of: Option<Conflict>,
) -> impl IntoView {
    of.map(refusal)
}

fn refusal(conflict: Conflict) -> impl IntoView {
    let missing = match &conflict {
        Conflict::NotReady { missing } => missing.clone(),
        _ => Vec::new(),
    };
    let title = if missing.is_empty() {
        conflict.to_string()
    } else {
        "Not ready yet".to_owned()
    };
    let lines = missing
        .into_iter()
        .map(|one| view! { <li><a class="link" href=one.href>{one.what}</a></li> })
        .collect_view();
    view! {
        <Alert tone=Tone::Danger title>
            <ul>{lines}</ul>
        </Alert>
    }
}
