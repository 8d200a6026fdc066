//! One of a list.

use leptos::prelude::*;

use super::shell::{FieldShell, Span, described_by, field_id, given, takes_focus};
use crate::kernel::form::FieldView;
use crate::ui::text::MaybeText;

/// Options from pairs of value and label.
pub fn options<V: Into<String>, L: Into<String>>(
    pairs: impl IntoIterator<Item = (V, L)>,
) -> Vec<(String, String)> {
    pairs
        .into_iter()
        .map(|(value, label)| (value.into(), label.into()))
        .collect()
}

/// A labelled `<select>`.
#[component]
pub fn Select(
    /// The field as its form declares it.
    #[prop(optional)]
    of: Option<FieldView>,
    /// What is asked for.
    #[prop(optional, into)]
    label: MaybeText,
    /// The name it is posted under.
    #[prop(optional, into)]
    name: MaybeText,
    /// Value and label of each choice, where its form does not declare them.
    #[prop(optional)]
    options: Vec<(String, String)>,
    /// The value that is chosen.
    #[prop(optional, into)]
    selected: MaybeText,
    /// A first, empty choice: "Nobody", "Choose…".
    #[prop(optional, into)]
    prompt: MaybeText,
    /// Help under it.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: MaybeText,
    /// Must be given.
    #[prop(optional)]
    required: bool,
    /// Its width in a grid.
    #[prop(optional)]
    span: Span,
    /// An own id, where a page holds the same name twice.
    #[prop(optional, into)]
    id: MaybeText,
) -> impl IntoView {
    let of = of.unwrap_or_else(|| given(name, label, selected, error, required, None));
    let options = if options.is_empty() { of.options() } else { options };
    let required = required || of.spec.required;
    let (name, label, error) = (of.name, of.label, MaybeText::from(of.error));
    let selected = MaybeText::from(of.values.into_iter().next());
    let id = id.get().unwrap_or_else(|| field_id(&name));
    let described = described_by(&id, &hint, &error);
    let invalid = error.is_some().then_some("true");
    let autofocus = takes_focus(&name);
    let choices = options
        .into_iter()
        .map(|(value, label)| {
            let chosen = selected.as_deref() == Some(value.as_str());
            view! {
                <option value=value selected=chosen>
                    {label}
                </option>
            }
        })
        .collect_view();
    view! {
        <FieldShell id=id.clone() label required hint error span>
            <select
                class="input"
                id=id
                name=name
                required=required
                autofocus=autofocus
                aria-describedby=described
                aria-invalid=invalid
            >
                {prompt.get().map(|text| view! { <option value="">{text}</option> })}
                {choices}
            </select>
        </FieldShell>
    }
}
