//! Yes or no, and one of a few.

use leptos::prelude::*;

use super::shell::{Span, field_id, takes_focus};
use crate::kernel::form::FieldView;
use crate::ui::icon::Icon;
use crate::ui::text::MaybeText;

/// A box to tick. Posts `value` when ticked and nothing otherwise.
#[component]
pub fn Checkbox(
    /// The field as its form declares it.
    of: FieldView,
    /// What is posted.
    #[prop(default = "on".to_owned(), into)]
    value: String,
    /// A smaller line under the label.
    #[prop(optional, into)]
    hint: MaybeText,
    /// Its width in a grid.
    #[prop(default = Span::Full)]
    span: Span,
    /// An own id, where a page holds the same name twice.
    #[prop(optional, into)]
    id: MaybeText,
) -> impl IntoView {
    let (checked, required) = (of.is_set(), of.spec.required);
    let FieldView {
        name, label, error, ..
    } = of;
    let error = MaybeText::from(error);
    let id = id.get().unwrap_or_else(|| field_id(&name));
    let autofocus = takes_focus(&name);
    let invalid = error.is_some().then_some("true");
    let error_id = error.is_some().then(|| format!("{id}-error"));
    view! {
        <div class=span.class()>
            <label class="check">
                <input
                    type="checkbox"
                    id=id
                    name=name
                    value=value
                    checked=checked
                    required=required
                    autofocus=autofocus
                    aria-invalid=invalid
                    aria-describedby=error_id.clone()
                />
                <span>{label} {hint.get().map(|text| view! { <small>{text}</small> })}</span>
            </label>
            <GroupError id=error_id error />
        </div>
    }
}

/// Several of a few: boxes to tick, posted as `name[]`.
#[component]
pub fn CheckboxGroup(
    /// The field as its form declares it.
    of: FieldView,
    /// Value and label of each choice, where its form does not declare them.
    #[prop(optional)]
    options: Vec<(String, String)>,
    /// Help under the label.
    #[prop(optional, into)]
    hint: MaybeText,
    /// Its width in a grid.
    #[prop(default = Span::Full)]
    span: Span,
) -> impl IntoView {
    let options = chosen_from(options, &of);
    let FieldView {
        name,
        label,
        error,
        values: selected,
        ..
    } = of;
    let error = MaybeText::from(error);
    let first = field_id(&name);
    let error_id = error.is_some().then(|| format!("{first}-error"));
    let described = error_id.clone();
    let boxes = options.into_iter().enumerate().map(|(i, (value, label))| {
        // The first box carries the field's id, so that an error summary leads to it.
        let id = (i == 0).then(|| first.clone());
        let checked = selected.contains(&value);
        let name = format!("{name}[]");
        view! {
            <label class="check">
                <input type="checkbox" id=id name=name value=value checked=checked />
                <span>{label}</span>
            </label>
        }
    });
    let boxes = boxes.collect_view();
    view! {
        <fieldset class=span.class() aria-describedby=described>
            <legend class="legend">{label}</legend>
            {hint.get().map(|text| view! { <p class="text-muted">{text}</p> })}
            <div class="choices">{boxes}</div>
            <GroupError id=error_id error />
        </fieldset>
    }
}

/// A few choices under each other, each with room for words.
#[component]
pub fn RadioGroup(
    /// The field as its form declares it.
    of: FieldView,
    /// Value and label of each choice, where its form does not declare them.
    #[prop(optional)]
    options: Vec<(String, String)>,
    /// Its width in a grid.
    #[prop(default = Span::Full)]
    span: Span,
) -> impl IntoView {
    let options = chosen_from(options, &of);
    let required = of.spec.required;
    let (name, label, error) = (of.name, of.label, MaybeText::from(of.error));
    let selected = MaybeText::from(of.values.into_iter().next());
    let error_id = error.is_some().then(|| format!("{}-error", field_id(&name)));
    let described = error_id.clone();
    view! {
        <fieldset class=span.class() aria-describedby=described>
            <legend class="legend">{label}</legend>
            <div class="choices">
                <Radios name options selected required class="check" />
            </div>
            <GroupError id=error_id error />
        </fieldset>
    }
}

/// A few short choices beside each other, one of them pressed.
#[component]
pub fn Segmented(
    /// The field as its form declares it.
    of: FieldView,
    /// Value and label of each choice, where its form does not declare them.
    #[prop(optional)]
    options: Vec<(String, String)>,
    /// Its width in a grid.
    #[prop(optional)]
    span: Span,
) -> impl IntoView {
    let options = chosen_from(options, &of);
    let required = of.spec.required;
    let (name, label, error) = (of.name, of.label, MaybeText::from(of.error));
    let selected = MaybeText::from(of.values.into_iter().next());
    let error_id = error.is_some().then(|| format!("{}-error", field_id(&name)));
    let described = error_id.clone();
    view! {
        <fieldset class=span.class() aria-describedby=described>
            <legend class="legend">{label}</legend>
            <div class="seg">
                <Radios name options selected required class="" />
            </div>
            <GroupError id=error_id error />
        </fieldset>
    }
}

/// What the page offers, or what the form does.
fn chosen_from(offered: Vec<(String, String)>, of: &FieldView) -> Vec<(String, String)> {
    if offered.is_empty() { of.options() } else { offered }
}

#[component]
fn Radios(
    name: String,
    options: Vec<(String, String)>,
    selected: MaybeText,
    required: bool,
    class: &'static str,
) -> impl IntoView {
    let first = field_id(&name);
    options
        .into_iter()
        .enumerate()
        .map(|(i, (value, label))| {
            // The first choice carries the field's id, so that an error summary leads to it.
            let id = (i == 0).then(|| first.clone());
            let checked = selected.as_deref() == Some(value.as_str());
            view! {
                <label class=class>
                    <input
                        type="radio"
                        id=id
                        name=name.clone()
                        value=value
                        checked=checked
                        required=required
                    />
                    <span>{label}</span>
                </label>
            }
        })
        .collect_view()
}

#[component]
fn GroupError(id: Option<String>, error: MaybeText) -> impl IntoView {
    error.get().map(|text| {
        view! {
            <p class="field-error" id=id>
                <Icon name="alert-circle" />
                {text}
            </p>
        }
    })
}
