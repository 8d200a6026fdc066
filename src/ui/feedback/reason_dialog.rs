//! Asks why before something is put away.

use leptos::prelude::*;

use super::dialog::Dialog;
use crate::kernel::form::{Filled, ReasonForm};
use crate::ui::form::{Button, FormActions, SubmitButton, TextArea, Variant};
use crate::ui::text::MaybeText;

/// A dialog with one question: why. Open it with `Button opens=id`; refused, it comes back open with the error in it.
#[component]
pub fn ReasonDialog(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// The question: "Archive this customer?".
    #[prop(into)]
    title: String,
    /// What follows from it.
    #[prop(into)]
    text: String,
    /// Where it posts `reason`.
    #[prop(into)]
    action: String,
    /// The action, as a verb: "Archive customer".
    #[prop(into)]
    label: String,
    /// An example of a reason.
    #[prop(optional, into)]
    placeholder: MaybeText,
    /// What was typed and why it was refused, if it was.
    of: Filled<ReasonForm>,
    /// The page without the dialog, for closing a refused one.
    #[prop(into)]
    close_href: String,
) -> impl IntoView {
    let open = of.is_refused();
    let reason = of.fields().reason;
    let conflict = of
        .conflict
        .map(|conflict| view! { <p class="field-error">{conflict.to_string()}</p> });
    let keep = (!open).then(|| view! { <Button label="Go back" opens=id.clone() /> });
    view! {
        <Dialog id=id.clone() title open close_href>
            <form class="form" method="post" action=action>
                <p class="text-muted">{text}</p>
                {conflict}
                <TextArea of=reason rows=2 placeholder />
                <FormActions>
                    <SubmitButton label variant=Variant::DangerFill />
                    {keep}
                </FormActions>
            </form>
        </Dialog>
    }
}
