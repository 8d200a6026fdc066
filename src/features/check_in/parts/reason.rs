//! The right half of the page: why it is here, when it will be ready, who takes care.
use super::super::form::CheckInFields;
use super::super::promise::{Choice, OTHER};
use crate::kernel::form::FieldView;
use crate::ui::prelude::*;
use leptos::prelude::*;

pub(in super::super) fn concerns_view(fields: CheckInFields) -> impl IntoView {
    view! {
        <Card title="What's the problem?">
            <TextArea of=fields.concerns rows=4 placeholder=terms().examples().concerns hint="One per line."/>
        </Card>
    }
}

#[component]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub(in super::super) fn Promise(
    fields: CheckInFields,
    choices: Vec<Choice>,
    advisors: Vec<Choice>,
) -> impl IntoView {
    let key_tag = fields.key_tag.label(terms().examples().place_label);
    view! {
        <Card title="When will it be ready?">
            <div class="stack promise">
                {promise_chips_view(choices, fields.promise)}
                <div class="promise-other">
                    <Field of=fields.promised_at span=Span::Full/>
                </div>
                <Checkbox of=fields.waiting/>
                <Checkbox of=fields.urgent/>
                <Field of=key_tag/>
                <Select of=fields.advisor options=advisors prompt="Not assigned"/>
            </div>
        </Card>
    }
}

/// The likely times, one tap each.
fn promise_chips_view(choices: Vec<Choice>, field: FieldView) -> impl IntoView {
    let chosen = field.value().to_owned();
    let FieldView {
        name, label, error, ..
    } = field;
    let focus = takes_focus(&name);
    let chips = choices
        .into_iter()
        .enumerate()
        .map(|(i, (value, label))| {
            let id = (i == 0).then(|| field_id(&name));
            let (checked, other) = (value == chosen, value == OTHER);
            view! {
                <label class="chip">
                    <input type="radio" id=id name=name.clone() value=value checked=checked required=true autofocus=focus && i == 0 class:is-other=other/>
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
            <legend class="legend">{label}</legend>
            <div class="chips">{chips}</div>
            {error}
        </fieldset>
    }
}
