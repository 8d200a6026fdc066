//! The right half of the page: why it is here, when it will be ready, who takes care.
use super::super::form::CheckInForm;
use super::super::promise::{Choice, OTHER};
use crate::kernel::FieldErrors;
use crate::ui::prelude::*;
use leptos::prelude::*;

#[component]
pub(in super::super) fn Concerns(form: CheckInForm, errors: FieldErrors) -> impl IntoView {
    view! {
        <Card title="What's the problem?">
            <TextArea label="Concerns, in the customer's words" name="concerns" value=form.concerns error=errors.at("concerns") required=true rows=4
                placeholder=terms().examples().concerns hint="One per line." maxlength=20_000u32/>
        </Card>
    }
}

#[component]
pub(in super::super) fn Promise(
    form: CheckInForm,
    choices: Vec<Choice>,
    advisors: Vec<Choice>,
    errors: FieldErrors,
) -> impl IntoView {
    view! {
        <Card title="When will it be ready?">
            <div class="stack promise">
                <PromiseChips choices=choices chosen=form.promise error=errors.at("promise")/>
                <div class="promise-other">
                    <DateTimeField label="Promised for" name="promised_at" value=form.promised_at error=errors.at("promised_at") span=Span::Full/>
                </div>
                <Checkbox label="Customer is waiting" name="waiting" checked=!form.waiting.is_empty()/>
                <Checkbox label="Urgent" name="urgent" checked=!form.urgent.is_empty()/>
                <Field label=terms().examples().place_label name="key_tag" value=form.key_tag error=errors.at("key_tag") maxlength=20u32 autocomplete="off"/>
                <Select label="Advisor" name="advisor" options=advisors selected=form.advisor prompt="Not assigned" error=errors.at("advisor")/>
            </div>
        </Card>
    }
}

/// The likely times, one tap each.
#[component]
fn PromiseChips(choices: Vec<Choice>, chosen: String, error: Option<String>) -> impl IntoView {
    let focus = takes_focus("promise");
    let chips = choices
        .into_iter()
        .enumerate()
        .map(|(i, (value, label))| {
            let id = (i == 0).then(|| field_id("promise"));
            let (checked, other) = (value == chosen, value == OTHER);
            view! {
                <label class="chip">
                    <input type="radio" id=id name="promise" value=value checked=checked required=true autofocus=focus && i == 0 class:is-other=other/>
                    <span>{label}</span>
                </label>
            }
        })
        .collect_view();
    let described = error.is_some().then_some("f-promise-error");
    let error = error.map(
        |text| view! { <p class="field-error" id="f-promise-error"><Icon name="alert-circle"/>{text}</p> },
    );
    view! {
        <fieldset class="field" aria-describedby=described>
            <legend class="legend">"Promised time"</legend>
            <div class="chips">{chips}</div>
            {error}
        </fieldset>
    }
}
