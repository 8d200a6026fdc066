//! Fields that take text.

use leptos::prelude::*;

use super::shell::{FieldShell, Span, described_by, field_id, takes_focus};
use crate::kernel::form::{FieldView, Kind};
use crate::ui::text::MaybeText;

/// One line of text, a number, an address, a password: a labelled `<input>`.
#[component]
pub fn Field(
    /// The field as its form declares it.
    of: FieldView,
    /// Help under it.
    #[prop(optional, into)]
    hint: MaybeText,
    /// An example inside it.
    #[prop(optional, into)]
    placeholder: MaybeText,
    /// Shown, not changed.
    #[prop(optional)]
    readonly: bool,
    /// Takes the focus when the page opens.
    #[prop(optional)]
    autofocus: bool,
    /// What browsers may fill in.
    #[prop(optional, into)]
    autocomplete: MaybeText,
    /// Which keyboard a phone shows.
    #[prop(optional, into)]
    inputmode: MaybeText,
    /// Smallest number.
    #[prop(optional, into)]
    min: MaybeText,
    /// Largest number.
    #[prop(optional, into)]
    max: MaybeText,
    /// Step of numbers and times.
    #[prop(optional, into)]
    step: MaybeText,
    /// Words before the input.
    #[prop(optional, into)]
    prefix: MaybeText,
    /// Words after the input.
    #[prop(optional, into)]
    suffix: MaybeText,
    /// Known answers that the browser offers while typing.
    #[prop(optional)]
    suggestions: Vec<String>,
    /// `input-code` for plates and VINs, `input-number` for right-aligned figures.
    #[prop(optional)]
    class: &'static str,
    /// Its width in a grid.
    #[prop(optional)]
    span: Span,
    /// An own id, where a page holds the same name twice.
    #[prop(optional, into)]
    id: MaybeText,
) -> impl IntoView {
    let FieldView {
        name,
        label,
        error,
        spec,
        values,
    } = of;
    let (error, required) = (MaybeText::from(error), spec.required);
    let id = id.get().unwrap_or_else(|| field_id(&name));
    let described = described_by(&id, &hint, &error);
    let invalid = error.is_some().then_some("true");
    let autofocus = autofocus || takes_focus(&name);
    let kind = spec.kind.input();
    // A browser knows its owner's own data, and staff type other people's.
    let declared = !spec.label.is_empty() && spec.kind != Kind::Password;
    let autocomplete = autocomplete.get().or(declared.then(|| "off".to_owned()));
    let keyboard = inputmode.get().or(spec.kind.keyboard().map(ToOwned::to_owned));
    let value = values.into_iter().next().filter(|value| !value.is_empty());
    let list = (!suggestions.is_empty()).then(|| format!("{id}-list"));
    let offered = list
        .clone()
        .map(|list| view! { <Suggestions id=list texts=suggestions /> });
    let control = view! {
        <input
            class=format!("input {class}")
            id=id.clone()
            name=name
            type=kind
            value=value
            placeholder=placeholder.get()
            required=required
            readonly=readonly
            autofocus=autofocus
            autocomplete=autocomplete
            inputmode=keyboard
            maxlength=spec.most.map(|n| n.to_string())
            min=min.get()
            max=max.get()
            step=step.get()
            list=list
            aria-describedby=described
            aria-invalid=invalid
        />
    };
    view! {
        <FieldShell id label required hint error span>
            <Affix prefix suffix>
                {control}
            </Affix>
            {offered}
        </FieldShell>
    }
}

#[component]
fn Suggestions(id: String, texts: Vec<String>) -> impl IntoView {
    view! {
        <datalist id=id>
            {texts.into_iter().map(|text| view! { <option value=text></option> }).collect_view()}
        </datalist>
    }
}

#[component]
fn Affix(prefix: MaybeText, suffix: MaybeText, children: Children) -> impl IntoView {
    if !prefix.is_some() && !suffix.is_some() {
        return children().into_any();
    }
    view! {
        <div class="affix">
            {prefix.get().map(|text| view! { <span>{text}</span> })} {children()}
            {suffix.get().map(|text| view! { <span>{text}</span> })}
        </div>
    }
    .into_any()
}

/// An amount of money as people write it; the server parses it.
#[component]
pub fn MoneyField(
    /// The field as its form declares it.
    of: FieldView,
    /// The currency before it.
    #[prop(into)]
    currency: String,
    /// Help under it.
    #[prop(optional, into)]
    hint: MaybeText,
    /// Its width in a grid.
    #[prop(optional)]
    span: Span,
) -> impl IntoView {
    view! {
        <Field
            of
            prefix=currency
            hint
            span
            class="input-money"
            inputmode="decimal"
            autocomplete="off"
        />
    }
}

/// Several lines of text; it grows with what is written.
#[component]
pub fn TextArea(
    /// The field as its form declares it.
    of: FieldView,
    /// Help under it.
    #[prop(optional, into)]
    hint: MaybeText,
    /// An example inside it.
    #[prop(optional, into)]
    placeholder: MaybeText,
    /// Lines at the start.
    #[prop(default = 3)]
    rows: u32,
    /// Its width in a grid.
    #[prop(default = Span::Full)]
    span: Span,
    /// An own id, where a page holds the same name twice.
    #[prop(optional, into)]
    id: MaybeText,
) -> impl IntoView {
    let maxlength = of.spec.most;
    let (error, required) = (MaybeText::from(of.error), of.spec.required);
    let (name, label, value) = (of.name, of.label, MaybeText::from(of.values.into_iter().next()));
    let id = id.get().unwrap_or_else(|| field_id(&name));
    let described = described_by(&id, &hint, &error);
    let invalid = error.is_some().then_some("true");
    let autofocus = takes_focus(&name);
    view! {
        <FieldShell id=id.clone() label required hint error span>
            <textarea
                class="input"
                id=id
                name=name
                rows=rows.to_string()
                placeholder=placeholder.get()
                required=required
                maxlength=maxlength.map(|n| n.to_string())
                autofocus=autofocus
                aria-describedby=described
                aria-invalid=invalid
                inner_html=value.escaped()
            ></textarea>
        </FieldShell>
    }
}
