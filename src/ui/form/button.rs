//! Buttons, and links that look like them.

use leptos::prelude::*;

use crate::ui::icon::Icon;
use crate::ui::text::MaybeText;

/// How much a button asks to be pressed. One primary button a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Variant {
    /// Most buttons.
    #[default]
    Plain,
    /// The one thing to do here.
    Primary,
    /// Barely there until needed.
    Ghost,
    /// Takes something away.
    Danger,
    /// The last step before something is taken away.
    DangerFill,
}

/// How large a button is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// As high as a field.
    #[default]
    Normal,
    /// In card heads and table rows.
    Small,
    /// On public pages.
    Large,
    /// For gloves: 56 px.
    Bay,
}

/// The classes of a button, for elements that these components do not cover.
pub fn button_class(variant: Variant, size: Size) -> String {
    let variant = match variant {
        Variant::Plain => "",
        Variant::Primary => " btn-primary",
        Variant::Ghost => " btn-ghost",
        Variant::Danger => " btn-danger",
        Variant::DangerFill => " btn-danger-fill",
    };
    let size = match size {
        Size::Normal => "",
        Size::Small => " btn-sm",
        Size::Large => " btn-lg",
        Size::Bay => " btn-bay",
    };
    format!("btn{variant}{size}")
}

/// A `<button>`. With `opens` it opens the popover or dialog of that id; otherwise it submits its form.
#[component]
pub fn Button(
    /// What it does.
    #[prop(into)]
    label: String,
    /// How loud.
    #[prop(optional)]
    variant: Variant,
    /// How large.
    #[prop(optional)]
    size: Size,
    /// An icon before the label.
    #[prop(optional)]
    icon: &'static str,
    /// The id of a popover or dialog.
    #[prop(optional, into)]
    opens: MaybeText,
    /// Posted with the form when this button was pressed.
    #[prop(optional, into)]
    name: MaybeText,
    /// The value for `name`.
    #[prop(optional, into)]
    value: MaybeText,
    /// Cannot be pressed now.
    #[prop(optional)]
    disabled: bool,
) -> impl IntoView {
    let kind = if opens.is_some() { "button" } else { "submit" };
    view! {
        <button
            class=button_class(variant, size)
            type=kind
            name=name.get()
            value=value.get()
            popovertarget=opens.get()
            disabled=disabled
        >
            {(!icon.is_empty()).then(|| view! { <Icon name=icon /> })}
            {label}
        </button>
    }
}

/// A link that looks like a button: it goes somewhere and changes nothing.
#[component]
pub fn ButtonLink(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// Its words.
    #[prop(into)]
    label: String,
    /// How loud.
    #[prop(optional)]
    variant: Variant,
    /// How large.
    #[prop(optional)]
    size: Size,
    /// An icon before the label.
    #[prop(optional)]
    icon: &'static str,
) -> impl IntoView {
    view! {
        <a class=button_class(variant, size) href=href>
            {(!icon.is_empty()).then(|| view! { <Icon name=icon /> })}
            {label}
        </a>
    }
}

/// A square link with an icon only; `label` is what a screen reader and the tooltip say.
#[component]
pub fn IconLink(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// Its words.
    #[prop(into)]
    label: String,
    /// Its face.
    icon: &'static str,
) -> impl IntoView {
    view! {
        <a class="btn btn-ghost btn-icon" href=href aria-label=label.clone() title=label>
            <Icon name=icon />
        </a>
    }
}

/// The main button of a form.
#[component]
pub fn SubmitButton(
    /// What it does: "Save customer", not "OK".
    #[prop(into)]
    label: String,
    /// How loud.
    #[prop(default = Variant::Primary)]
    variant: Variant,
    /// How large.
    #[prop(optional)]
    size: Size,
    /// An icon before the label.
    #[prop(optional)]
    icon: &'static str,
) -> impl IntoView {
    view! { <Button label variant size icon /> }
}

/// A form that is a single button: post these values there.
#[component]
pub fn PostButton(
    /// Where it posts.
    #[prop(into)]
    action: String,
    /// What it does.
    #[prop(into)]
    label: String,
    /// What it posts.
    #[prop(optional)]
    fields: Vec<(String, String)>,
    /// How loud.
    #[prop(optional)]
    variant: Variant,
    /// How large.
    #[prop(optional)]
    size: Size,
    /// An icon before the label.
    #[prop(optional)]
    icon: &'static str,
) -> impl IntoView {
    let fields = fields
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    view! {
        <form method="post" action=action>
            {fields}
            <Button label variant size icon />
        </form>
    }
}
