//! How fields stand together.

use leptos::prelude::*;

use crate::kernel::form::FieldView;

/// Two fields a row from tablets on, one on phones; a field's `span` says otherwise.
#[component]
pub fn FormGrid(
    /// The fields.
    children: Children,
) -> impl IntoView {
    view! { <div class="form-grid">{children()}</div> }
}

/// Fields and a button in one line that wraps.
#[component]
pub fn FormRow(
    /// The fields.
    children: Children,
) -> impl IntoView {
    view! { <div class="form-row">{children()}</div> }
}

/// The buttons under a form, the main one first.
#[component]
pub fn FormActions(
    /// The buttons.
    children: Children,
) -> impl IntoView {
    view! { <div class="form-actions">{children()}</div> }
}

/// A value the person does not see.
#[component]
pub fn Hidden(
    /// The field as its form declares it.
    of: FieldView,
) -> impl IntoView {
    let value = of.value().to_owned();
    let name = of.name;
    view! { <input type="hidden" name=name value=value /> }
}
