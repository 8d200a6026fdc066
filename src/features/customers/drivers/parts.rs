//! The card on the company's page, and the form.
use super::form::{DriverFields, DriverForm};
use super::model::Driver;
use crate::kernel::form::{Filled, ReasonForm};
use crate::kernel::text::dialled;
use crate::kernel::{CustomerId, DriverId};
use crate::ui::prelude::*;
use leptos::prelude::*;

/// What the card shows.
#[derive(Clone)]
pub(crate) struct DriversView {
    pub customer: CustomerId,
    pub drivers: Vec<Driver>,
    pub may_edit: bool,
}

/// Drivers with their numbers; those who left last.
pub(crate) fn drivers_card_view(view: DriversView) -> AnyView {
    let new = format!("/customers/{}/drivers/new", view.customer);
    let add = view
        .may_edit
        .then(|| view! { <ButtonLink href=new label="Add a driver" icon="plus" size=Size::Small/> });
    let may_edit = view.may_edit;
    let rows = view
        .drivers
        .into_iter()
        .map(|driver| view! { <DriverRow driver may_edit/> })
        .collect::<Vec<_>>();
    let list = if rows.is_empty() {
        view! { <p class="text-muted">{terms().say("No drivers yet. Check-in asks which driver brought the vehicle.")}</p> }.into_any()
    } else {
        view! { <ul class="grid grid-cols-1 gap-3">{rows}</ul> }.into_any()
    };
    view! {
        <Card id="drivers" title="Drivers">
            <div class="grid grid-cols-1 gap-4">{list}{add}</div>
        </Card>
    }
    .into_any()
}

#[component]
fn DriverRow(driver: Driver, may_edit: bool) -> AnyView {
    let href = format!("/customers/{}/drivers/{}/edit", driver.customer, driver.id);
    let data = driver.data;
    let label = format!("Edit {}", data.name);
    let edit = may_edit.then(|| view! { <IconLink href label icon="pencil"/> });
    let left = driver
        .archived_at
        .is_some()
        .then(|| view! { " "<Badge label="Archived" tone=Tone::Warning/> });
    let phone = (!data.phone.is_empty()).then(|| {
        let href = format!("tel:{}", dialled(&data.phone));
        view! { <a class="link" href=href>{data.phone.clone()}</a> }
    });
    let email = (!data.email.is_empty()).then(|| {
        let href = format!("mailto:{}", data.email);
        view! { <a class="link" href=href>{data.email.clone()}</a> }
    });
    let licence =
        (!data.licence.is_empty()).then(|| format!("{} {}", locale().word("License"), data.licence));
    view! {
        <li class="flex items-start justify-between gap-2">
            <div class="grid grid-cols-1 gap-1 min-w-0 break-words">
                <span><strong>{data.name}</strong>{left}</span>
                {phone}
                {email}
                {licence.map(|licence| view! { <small class="text-muted">{licence}</small> })}
                {(!data.notes.is_empty()).then(|| view! { <small class="text-muted whitespace-pre-line">{data.notes}</small> })}
            </div>
            {edit}
        </li>
    }
    .into_any()
}

/// What the form shows.
pub(super) struct FormView {
    pub customer: CustomerId,
    pub company: String,
    /// The driver being changed, and whether they are archived; none is a new one.
    pub driver: Option<(DriverId, bool)>,
    pub filled: Filled<DriverForm>,
    /// The form that archives.
    pub leaving: Filled<ReasonForm>,
}

impl FormView {
    pub(super) fn new(customer: CustomerId, company: String, filled: Filled<DriverForm>) -> Self {
        Self {
            customer,
            company,
            driver: None,
            filled,
            leaving: Filled::default(),
        }
    }
    /// For a driver that is there already.
    pub(super) fn of(driver: Driver, filled: Filled<DriverForm>) -> Self {
        Self {
            driver: Some((driver.id, driver.archived_at.is_some())),
            ..Self::new(driver.customer, driver.company, filled)
        }
    }
}

pub(super) fn driver_form_page_view(view: FormView, title: &'static str) -> AnyView {
    let back = format!("/customers/{}", view.customer);
    let base = view.driver.map(|(id, _)| format!("{back}/drivers/{id}"));
    let action = base
        .as_ref()
        .map_or_else(|| format!("{back}/drivers/new"), |base| format!("{base}/edit"));
    let archived = view.driver.is_some_and(|(_, archived)| archived);
    let leaving = view.leaving;
    let leave = base.map(|base| leaving_view(base, archived, leaving));
    let (head, fields) = (view.filled.head(), view.filled.fields());
    let once = if view.driver.is_none() {
        fields.key.clone()
    } else {
        fields.version.clone()
    };
    let crumbs = vec![
        ("/customers".to_owned(), "Customers".to_owned()),
        (back.clone(), view.company),
    ];
    view! {
        <PageHeader title crumbs/>
        <div class="stack max-w-form">
            <form class="form" method="post" action=action>
                <FormHead of=head thing="driver"/>
                <Hidden of=once/>
                <Card>
                    <Fields fields/>
                </Card>
                <FormActions>
                    <SubmitButton label="Save driver"/>
                    <ButtonLink href=back label="Cancel" variant=Variant::Ghost/>
                </FormActions>
            </form>
            {leave}
        </div>
    }
    .into_any()
}

#[component]
fn Fields(fields: DriverFields) -> AnyView {
    view! {
        <FormGrid>
            <Field of=fields.name autocomplete="off" span=Span::Full/>
            <Field of=fields.phone placeholder=locale().phone_example()/>
            <Field of=fields.email/>
            <Field of=fields.licence.label(locale().word("Driver's license")) class="input-code"/>
            <TextArea of=fields.notes hint="For your team only."/>
        </FormGrid>
    }
    .into_any()
}

/// The way out, and back.
fn leaving_view(base: String, archived: bool, of: Filled<ReasonForm>) -> AnyView {
    if archived {
        return view! {
            <Card title="Archived" subtitle="Check-in does not offer them.">
                <PostButton action=format!("{base}/restore") label="Restore" icon="undo"/>
            </Card>
        }
        .into_any();
    }
    let (head, fields) = (of.head(), of.fields());
    view! {
        <Card title="No longer drives for them" subtitle=terms().say("Past work orders keep the driver's name.")>
            <form class="form" method="post" action=format!("{base}/archive")>
                <FormHead of=head thing="driver"/>
                <Field of=fields.reason placeholder="Left the company" span=Span::Full/>
                <FormActions>
                    <SubmitButton label="Archive driver" variant=Variant::Danger/>
                </FormActions>
            </form>
        </Card>
    }
    .into_any()
}
