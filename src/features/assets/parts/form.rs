//! The vehicle's or device's form: empty, filled, refused, overtaken.
use super::super::form::{AssetFields, AssetForm};
use super::super::model::{AssetRef, Owner};
use crate::kernel::{AssetKind, Filled};
use crate::ui::prelude::*;
use leptos::prelude::*;

/// What the form shows.
pub(in super::super) struct FormView {
    pub kind: AssetKind,
    pub owner: Owner,
    pub filled: Filled<AssetForm>,
    /// The other vehicle with this plate.
    pub known: Option<AssetRef>,
    /// Address and name of the one being changed; none is a new one.
    pub of: Option<(String, String)>,
}

impl FormView {
    pub(crate) fn new(kind: AssetKind, owner: Owner, filled: Filled<AssetForm>) -> Self {
        Self {
            kind,
            owner,
            filled,
            known: None,
            of: None,
        }
    }
    pub(crate) fn title(&self, terms: crate::kernel::Terms) -> String {
        let verb = if self.of.is_some() { "Edit" } else { "New" };
        format!("{verb} {}", terms.asset().one)
    }
}

pub(in super::super) fn asset_form_page_view(view: FormView) -> AnyView {
    let title = view.title(terms());
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
    let (head, fields) = (view.filled.head(), view.filled.fields());
    let customer = fields.customer.clone();
    let once = if fresh {
        fields.key.clone()
    } else {
        fields.version.clone()
    };
    let crumbs = vec![back.clone()];
    view! {
        <PageHeader title subtitle crumbs />
        <form class="form max-w-form" method="post" action=action>
            <FormHead of=head thing=terms().asset().one />
            {view.known.map(known)}
            <Hidden of=customer />
            <Hidden of=once />
            <Card>
                {match kind {
                    AssetKind::Vehicle => vehicle_view(fields).into_any(),
                    AssetKind::Device => device_view(fields).into_any(),
                }}
            </Card>
            <FormActions>
                <SubmitButton label=if fresh { format!("Save {}", terms().asset().one) } else { "Save changes".to_owned() } />
                <ButtonLink href=back.0 label="Cancel" variant=Variant::Ghost />
            </FormActions>
        </form>
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

fn vehicle_view(fields: AssetFields) -> AnyView {
    view! {
        <FormGrid>
            <Field of=fields.plate placeholder=locale().plate_example() class="input-code" autofocus=true span=Span::Third />
            <Field of=fields.vin class="input-code" hint="17 characters, without I, O and Q." span=Span::TwoThirds />
            <Field of=fields.make span=Span::Third />
            <Field of=fields.model span=Span::Third />
            <Field of=fields.model_year span=Span::Third />
            <Field of=fields.color.label(locale().word("Color")) span=Span::Third />
            <Field of=fields.engine span=Span::Third />
            <Field of=fields.unit_number hint="In the customer's fleet." span=Span::Third />
            <TextArea of=fields.notes hint="For your team only. Never printed." />
        </FormGrid>
    }
    .into_any()
}

fn device_view(fields: AssetFields) -> AnyView {
    view! {
        <FormGrid>
            <Field of=fields.serial class="input-code" autofocus=true span=Span::Full />
            <Field of=fields.make span=Span::Third />
            <Field of=fields.model span=Span::Third />
            <Field of=fields.color.label(locale().word("Color")) span=Span::Third />
            <TextArea of=fields.notes hint="For your team only. Never printed." />
        </FormGrid>
    }
    .into_any()
}
