//! What stands around every control: label, hint, error.

use leptos::prelude::*;

use crate::kernel::FieldErrors;
use crate::ui::icon::Icon;
use crate::ui::text::MaybeText;

/// How much of a [`super::FormGrid`] row a field takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Span {
    /// Half a row.
    #[default]
    Half,
    /// A third.
    Third,
    /// Two thirds.
    TwoThirds,
    /// The whole row.
    Full,
}

impl Span {
    pub(super) fn class(self) -> &'static str {
        match self {
            Span::Half => "field",
            Span::Third => "field span-third",
            Span::TwoThirds => "field span-two-thirds",
            Span::Full => "field span-full",
        }
    }
}

/// The id of the control for a field name, where error summaries link to.
pub fn field_id(name: &str) -> String {
    format!("f-{name}")
}

/// The field that takes the focus when the page opens: the first one that was refused.
#[derive(Clone, Debug)]
struct Refused(String);

/// Inside a page, before its form: whoever sent it goes on at the first thing to mend.
pub fn focus_refused(errors: &FieldErrors) {
    if let Some(name) = errors.first() {
        provide_context(Refused(name.to_owned()));
    }
}

/// Whether this field is where to go on.
pub fn takes_focus(name: &str) -> bool {
    use_context::<Refused>().is_some_and(|refused| refused.0 == name)
}

/// What describes a control: its error, its hint, both or nothing.
pub(super) fn described_by(id: &str, hint: &MaybeText, error: &MaybeText) -> Option<String> {
    match (error.is_some(), hint.is_some()) {
        (true, true) => Some(format!("{id}-error {id}-hint")),
        (true, false) => Some(format!("{id}-error")),
        (false, true) => Some(format!("{id}-hint")),
        (false, false) => None,
    }
}

/// Label, control, hint and error in their order. Fields use it; so can a control of your own.
#[component]
pub fn FieldShell(
    /// The id of the control inside.
    #[prop(into)]
    id: String,
    /// What is asked for.
    #[prop(into)]
    label: String,
    /// Shows the mark of a required field.
    #[prop(optional)]
    required: bool,
    /// Help under the control.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: MaybeText,
    /// Its width in a grid.
    #[prop(optional)]
    span: Span,
    /// The control.
    children: Children,
) -> impl IntoView {
    let mark = required.then(|| view! { <span class="label-req" aria-hidden="true">"*"</span> });
    let hint = hint.get().map(|text| {
        view! {
            <p class="hint" id=format!("{id}-hint")>
                {text}
            </p>
        }
    });
    let error = error.get().map(|text| {
        view! {
            <p class="field-error" id=format!("{id}-error")>
                <Icon name="alert-circle" />
                {text}
            </p>
        }
    });
    view! {
        <div class=span.class()>
            <label class="label" for=id>
                {label}
                {mark}
            </label>
            {children()}
            {error}
            {hint}
        </div>
    }
}
