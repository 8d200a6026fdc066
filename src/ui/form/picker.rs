//! Dates, times and files: the browser's own pickers, which phones do best.

use leptos::prelude::*;

use super::field::Field;
use super::shell::{FieldShell, Span, described_by, field_id};
use crate::ui::text::MaybeText;

/// A date with or without a time, in the branch's local time.
#[component]
pub fn DateTimeField(
    /// What is asked for.
    #[prop(into)]
    label: String,
    /// The name it is posted under.
    #[prop(into)]
    name: String,
    /// `2026-05-04T14:30`, or what `kind` asks for.
    #[prop(optional, into)]
    value: MaybeText,
    /// `datetime-local`, `date`, `time` or `month`.
    #[prop(default = "datetime-local")]
    kind: &'static str,
    /// Help under it.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: MaybeText,
    /// Must be given.
    #[prop(optional)]
    required: bool,
    /// The earliest.
    #[prop(optional, into)]
    min: MaybeText,
    /// The latest.
    #[prop(optional, into)]
    max: MaybeText,
    /// Seconds between two offered times.
    #[prop(optional, into)]
    step: MaybeText,
    /// Its width in a grid.
    #[prop(optional)]
    span: Span,
) -> impl IntoView {
    view! { <Field label name value kind hint error required min max step span /> }
}

/// Files or photos; on a phone `capture` opens the camera.
#[component]
pub fn FileField(
    /// What is asked for.
    #[prop(into)]
    label: String,
    /// The name it is posted under.
    #[prop(into)]
    name: String,
    /// Which files: `image/*`.
    #[prop(optional, into)]
    accept: MaybeText,
    /// Straight to the camera.
    #[prop(optional)]
    capture: bool,
    /// More than one.
    #[prop(optional)]
    multiple: bool,
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
    #[prop(default = Span::Full)]
    span: Span,
) -> impl IntoView {
    let id = field_id(&name);
    let described = described_by(&id, &hint, &error);
    let invalid = error.is_some().then_some("true");
    view! {
        <FieldShell id=id.clone() label required hint error span>
            <input
                class="input input-file"
                type="file"
                id=id
                name=name
                accept=accept.get()
                capture=capture.then_some("environment")
                multiple=multiple
                required=required
                aria-describedby=described
                aria-invalid=invalid
            />
        </FieldShell>
    }
}
