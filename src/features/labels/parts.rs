//! The labels of each phase with their buttons, and the fields of one.
use super::form::{ButtonForm, LabelFields};
use super::model::{Label, LabelColor, phases};
use crate::domain::order::Phase;
use crate::kernel::form::FieldView;
use crate::kernel::{FieldErrors, Form};
use crate::ui::prelude::*;
use leptos::prelude::*;

/// A card for each phase, and one for what was archived.
pub(super) fn labels_view(labels: Vec<Label>) -> AnyView {
    let (archived, offered): (Vec<_>, Vec<_>) = labels.into_iter().partition(|label| label.archived);
    let cards = Phase::open()
        .map(|phase| {
            let labels: Vec<Label> = offered
                .iter()
                .filter(|label| label.data.phase == phase)
                .cloned()
                .collect();
            phase_labels_view(phase, labels)
        })
        .collect_view();
    let archived = (!archived.is_empty()).then(|| archived_view(archived));
    view! { <div class="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">{cards}{archived}</div> }
        .into_any()
}

fn phase_labels_view(phase: Phase, labels: Vec<Label>) -> AnyView {
    let last = labels.len().saturating_sub(1);
    let rows = labels
        .into_iter()
        .enumerate()
        .map(|(at, label)| label_row_view(label, at == 0, at == last))
        .collect::<Vec<_>>();
    let list = if rows.is_empty() {
        view! { <p class="p-4 text-muted">"No labels."</p> }.into_any()
    } else {
        view! { <ul>{rows}</ul> }.into_any()
    };
    let (href, label) = (
        format!("/settings/labels/new?phase={}", phase.name()),
        format!("Add label to {}", phase.label()),
    );
    view! { <Card title=phase.label() flush=true actions=move || view! { <IconLink href label icon="plus"/> }>{list}</Card> }
        .into_any()
}

fn label_row_view(label: Label, first: bool, last: bool) -> AnyView {
    let path = format!("/settings/labels/{}", label.id);
    let name = label.data.name;
    let chip = vec![label.data.color.chip(name.clone())];
    let (turn, to) = if label.is_default {
        ("Remove default", "")
    } else {
        ("Make default", "on")
    };
    let default = label
        .is_default
        .then(|| view! { <span class="text-sm text-muted">"Default"</span> });
    view! {
        <li class="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2 last:border-b-0">
            <Chips of=chip/>
            {default}
            {used(label.orders)}
            <span class="ml-auto flex items-center">
                <Step path=path.clone() to="up" label=format!("Move {name} up") icon="arrow-up" ends=first/>
                <Step path=path.clone() to="down" label=format!("Move {name} down") icon="arrow-down" ends=last/>
                <IconLink href=path.clone() label=format!("Edit {name}") icon="pencil"/>
                <Menu id=format!("menu-{}", label.id) label=format!("More for {name}") quiet=true>
                    <MenuPost action=format!("{path}/default") label=turn icon="flag" fields=options([("to", to)])/>
                    <MenuPost action=format!("{path}/archive") label="Archive" icon="archive" danger=true/>
                </Menu>
            </span>
        </li>
    }
    .into_any()
}

/// How many orders carry it.
fn used(orders: i64) -> Option<AnyView> {
    let text = match orders {
        0 => return None,
        1 => terms().say("on 1 work order"),
        many => format!("on {many} {}", terms().say("work orders")),
    };
    Some(view! { <span class="text-sm text-muted">{text}</span> }.into_any())
}

/// One place up or down.
#[component]
fn Step(path: String, to: &'static str, label: String, icon: &'static str, ends: bool) -> AnyView {
    let to = to.to_owned();
    let fields = ButtonForm { to }.fields(&FieldErrors::default());
    view! {
        <form method="post" action=format!("{path}/position")>
            <Hidden of=fields.to/>
            <button class="btn btn-ghost btn-icon" type="submit" disabled=ends aria-label=label.clone() title=label><Icon name=icon/></button>
        </form>
    }
    .into_any()
}

fn archived_view(labels: Vec<Label>) -> AnyView {
    let rows = labels
        .into_iter()
        .map(|label| {
            let action = format!("/settings/labels/{}/restore", label.id);
            let chip = vec![label.data.color.chip(label.data.name)];
            view! {
                <li class="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2 last:border-b-0">
                    <Chips of=chip/>
                    <span class="text-sm text-muted">{label.data.phase.label()}</span>
                    {used(label.orders)}
                    <span class="ml-auto"><PostButton action label="Restore" size=Size::Small/></span>
                </li>
            }
        })
        .collect_view();
    view! { <Card title="Archived" subtitle="No longer offered." flush=true><ul>{rows}</ul></Card> }
        .into_any()
}

/// Name, phase and colour. A label that is there already keeps its phase.
pub(super) fn label_inputs_view(fields: LabelFields, phase: Option<Phase>) -> AnyView {
    let place = match phase {
        Some(phase) => view! {
            <div>
                <p class="legend">"Phase"</p>
                <p>{phase.label()}</p>
                <Hidden of=fields.phase/>
            </div>
        }
        .into_any(),
        None => view! { <Select of=fields.phase options=phases()/> }.into_any(),
    };
    view! {
        <Card>
            <FormGrid>
                <Field of=fields.name hint="Up to 30 characters. Example: Parts ordered"/>
                {place}
                {color_choice_view(fields.color)}
            </FormGrid>
        </Card>
    }
    .into_any()
}

/// Each colour as a label of it looks.
fn color_choice_view(of: FieldView) -> AnyView {
    let (chosen, first) = (of.value().to_owned(), format!("f-{}", of.name));
    let boxes = LabelColor::ALL
        .into_iter()
        .enumerate()
        .map(|(at, color)| {
            let id = (at == 0).then(|| first.clone());
            let chip = vec![color.chip(color.label())];
            view! {
                <label class="check">
                    <input type="radio" id=id name="color" value=color.name() checked=chosen == color.name() required=true/>
                    <span><Chips of=chip/></span>
                </label>
            }
        })
        .collect_view();
    let error = of
        .error
        .map(|error| view! { <p class="field-error" id="f-color-error">{error}</p> });
    let described = error.is_some().then_some("f-color-error");
    view! {
        <fieldset class="field span-full" aria-describedby=described>
            <legend class="legend">{locale().word("Color")}</legend>
            <div class="grid grid-cols-2 gap-2 sm:grid-cols-3 lg:grid-cols-5">{boxes}</div>
            {error}
        </fieldset>
    }
    .into_any()
}
