//! One of a list.

use leptos::prelude::*;

use super::shell::{FieldShell, Span, described_by, field_id, takes_focus};
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
    of: FieldView,
    /// Value and label of each choice, where its form does not declare them.
    #[prop(optional)]
    options: Vec<(String, String)>,
    /// A first, empty choice: "Nobody", "Choose…".
    #[prop(optional, into)]
    prompt: MaybeText,
    /// Help under it.
    #[prop(optional, into)]
    hint: MaybeText,
    /// Its width in a grid.
    #[prop(optional)]
    span: Span,
    /// An own id, where a page holds the same name twice.
    #[prop(optional, into)]
    id: MaybeText,
) -> impl IntoView {
    let options = if options.is_empty() { of.options() } else { options };
    let required = of.spec.required;
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
