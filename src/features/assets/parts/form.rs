//! The vehicle's or device's form: empty, filled, refused, overtaken.
use super::super::form::AssetForm;
use super::super::model::{AssetKind, AssetRef, Owner};
use crate::kernel::FieldErrors;
use crate::ui::prelude::*;
use leptos::prelude::*;

/// What the form shows.
pub(in super::super) struct FormView {
    pub kind: AssetKind,
    pub owner: Owner,
    pub form: AssetForm,
    pub errors: FieldErrors,
    /// The other vehicle with this plate.
    pub known: Option<AssetRef>,
    /// What somebody else saved meanwhile, where it differs.
    pub theirs: Option<Vec<(&'static str, String)>>,
    /// Address and name of the one being changed; none is a new one.
    pub of: Option<(String, String)>,
}

impl FormView {
    pub fn new(kind: AssetKind, owner: Owner, form: AssetForm) -> Self {
        Self {
            kind,
            owner,
            form,
            errors: FieldErrors::default(),
            known: None,
            theirs: None,
            of: None,
        }
    }
    pub fn title(&self) -> String {
        let deed = if self.of.is_some() { "Edit" } else { "New" };
        format!("{deed} {}", self.kind.word())
    }
}

#[component]
pub(in super::super) fn AssetFormPage(view: FormView) -> AnyView {
    let title = view.title();
    let subtitle = format!("Owner: {}", view.owner.name);
    let kind = view.kind;
    let back = view.of.clone().unwrap_or_else(|| {
        let customer = format!("/customers/{}", view.owner.id);
        (customer, view.owner.name.clone())
    });
    let fresh = view.of.is_none();
    let action = view
        .of
        .as_ref()
        .map_or_else(|| "/vehicles/new".to_owned(), |(href, _)| format!("{href}/edit"));
    let hidden = hidden(&view.form, fresh);
    let summary = view.errors.summary();
    let (form, errors) = (view.form, view.errors);
    let crumbs = vec![back.clone()];
    view! {
        <PageHeader title subtitle crumbs />
        <form class="form max-w-form" method="post" action=action>
            {view.theirs.map(|theirs| view! { <Overtaken thing=kind.word() theirs /> })}
            <FormErrors errors=summary />
            {view.known.map(known)}
            {hidden}
            <Card>
                {match kind {
                    AssetKind::Vehicle => view! { <Vehicle form errors /> }.into_any(),
                    AssetKind::Device => view! { <Device form errors /> }.into_any(),
                }}
            </Card>
            <FormActions>
                <SubmitButton label=if fresh { format!("Save {}", kind.word()) } else { "Save changes".to_owned() } />
                <ButtonLink href=back.0 label="Cancel" variant=Variant::Ghost />
            </FormActions>
        </form>
    }
    .into_any()
}

fn hidden(form: &AssetForm, fresh: bool) -> AnyView {
    let (name, value) = if fresh {
        ("key", form.key.clone())
    } else {
        ("version", form.version.clone())
    };
    view! {
        <Hidden name="customer" value=form.customer.clone() />
        <Hidden name value />
    }
    .into_any()
}

/// The way to the vehicle that has the plate.
fn known(other: AssetRef) -> AnyView {
    view! {
        <Alert tone=Tone::Warning title="This plate is already on file">
            <p><a class="link" href=format!("/vehicles/{}", other.id)>{other.label()}</a></p>
        </Alert>
    }
    .into_any()
}

#[component]
fn Vehicle(form: AssetForm, errors: FieldErrors) -> AnyView {
    view! {
        <FormGrid>
            <Field label="Plate" name="plate" value=form.plate error=errors.at("plate") class="input-code" maxlength=16u32
                autocomplete="off" autofocus=true span=Span::Third />
            <Field label="VIN" name="vin" value=form.vin error=errors.at("vin") class="input-code" maxlength=20u32 autocomplete="off"
                hint="17 characters, without I, O and Q." span=Span::TwoThirds />
            <Field label="Make" name="make" value=form.make error=errors.at("make") maxlength=60u32 autocomplete="off" span=Span::Third />
            <Field label="Model" name="model" value=form.model error=errors.at("model") maxlength=80u32 autocomplete="off"
                span=Span::Third />
            <Field label="Year" name="model_year" value=form.model_year error=errors.at("model_year") inputmode="numeric"
                maxlength=4u32 autocomplete="off" span=Span::Third />
            <Field label=locale().word("Color") name="color" value=form.color error=errors.at("color") maxlength=40u32 autocomplete="off"
                span=Span::Third />
            <Field label="Engine" name="engine" value=form.engine error=errors.at("engine") maxlength=80u32 autocomplete="off"
                span=Span::Third />
            <Field label="Unit number" name="unit_number" value=form.unit_number error=errors.at("unit_number") maxlength=40u32
                autocomplete="off" hint="In the customer's fleet." span=Span::Third />
            <Notes notes=form.notes error=errors.at("notes") />
        </FormGrid>
    }
    .into_any()
}

#[component]
fn Device(form: AssetForm, errors: FieldErrors) -> AnyView {
    view! {
        <FormGrid>
            <Field label="Serial number or IMEI" name="serial" value=form.serial error=errors.at("serial") class="input-code"
                maxlength=60u32 autocomplete="off" autofocus=true span=Span::Full />
            <Field label="Make" name="make" value=form.make error=errors.at("make") maxlength=60u32 autocomplete="off" span=Span::Third />
            <Field label="Model" name="model" value=form.model error=errors.at("model") maxlength=80u32 autocomplete="off"
                span=Span::Third />
            <Field label=locale().word("Color") name="color" value=form.color error=errors.at("color") maxlength=40u32 autocomplete="off"
                span=Span::Third />
            <Notes notes=form.notes error=errors.at("notes") />
        </FormGrid>
    }
    .into_any()
}

#[component]
fn Notes(notes: String, error: Option<String>) -> impl IntoView {
    view! { <TextArea label="Notes" name="notes" value=notes error maxlength=4000u32 hint="For your team only. Never printed." /> }
}
