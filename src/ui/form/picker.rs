//! Files: the browser's own picker, which phones do best.

use leptos::prelude::*;

use super::shell::{FieldShell, Span, described_by, field_id};
use crate::kernel::form::FieldView;
use crate::ui::text::MaybeText;

/// Files or photos; on a phone `capture` opens the camera.
#[component]
pub fn FileField(
    /// The field as its form declares it.
    of: FieldView,
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
    /// Its width in a grid.
    #[prop(default = Span::Full)]
    span: Span,
) -> impl IntoView {
    let FieldView {
        name,
        label,
        error,
        spec,
        ..
    } = of;
    let (id, error) = (field_id(&name), MaybeText::from(error));
    let described = described_by(&id, &hint, &error);
    let invalid = error.is_some().then_some("true");
    view! {
        <FieldShell id=id.clone() label required=spec.required hint error span>
            <input
                class="input input-file"
                type="file"
                id=id
                name=name
                accept=accept.get()
                capture=capture.then_some("environment")
                multiple=multiple
                required=spec.required
                aria-describedby=described
                aria-invalid=invalid
            />
        </FieldShell>
    }
}
