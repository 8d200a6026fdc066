//! The left half of the check-in: vehicle, odometer, customer.
use super::super::model::{Arrival, ArrivalFields, LOOK_UP};
use super::Setting;
use super::cards::{BroughtBy, Choices, DidYouMean, KnownCustomerCard, KnownVehicleCard, Perhaps};
use super::fields::{NewAssetFields, NewCustomerFields, OdometerFields};
use crate::kernel::FieldErrors;
use crate::ui::prelude::*;
use leptos::prelude::*;

/// Shows what is known and asks for the rest.
#[component]
pub(in super::super) fn Arriving(
    start: Arrival,
    who: ArrivalFields,
    errors: FieldErrors,
    setting: Setting,
) -> impl IntoView {
    view! {
        <div class="stack">
            <input type="hidden" name="vehicle" value=who.vehicle.clone()/>
            <input type="hidden" name="customer" value=who.customer.clone()/>
            <input type="hidden" name="new_here" value=who.new_here.clone()/>
            <VehiclePart arrival=start.clone() setting who=who.clone() errors=errors.clone()/>
            <CustomerPart arrival=start who errors/>
        </div>
    }
}

#[component]
fn VehiclePart(arrival: Arrival, setting: Setting, who: ArrivalFields, errors: FieldErrors) -> impl IntoView {
    let device = setting.device;
    let title = terms().asset().title();
    // There is an odometer to read where the known one has one; a new one is what the workshop repairs.
    let metered = arrival.vehicle.as_ref().map_or(!device, |known| known.metered);
    let odometer = metered.then(|| {
        let known = arrival.vehicle.as_ref();
        let (last, reading) = (
            known.and_then(|known| known.odometer),
            known.map(|known| known.last_reading.clone()).unwrap_or_default(),
        );
        view! { <OdometerFields last reading setting=setting.clone() who=who.clone() errors=errors.clone()/> }
    });
    // Whoever is asked which one it is sees the fields of a new one after saying so, unless something stands in them.
    let asked = !arrival.similar.is_empty() && who.describes_nothing();
    let new = (arrival.vehicle.is_none() && !asked)
        .then(|| view! { <NewAssetFields device who=who.clone() errors=errors.clone()/> });
    view! {
        <Card title>
            <div class="stack">
                <LookUpRow device known=arrival.vehicle.is_some() asked=!arrival.similar.is_empty() who=who.clone() errors/>
                <DidYouMean similar=arrival.similar typed=who.identifiers().join(" ")/>
                {arrival.vehicle.map(|known| view! { <KnownVehicleCard known/> })}
                <Choices choices=arrival.choices/>
                {new}
                {odometer}
            </div>
        </Card>
    }
}

#[component]
fn CustomerPart(arrival: Arrival, who: ArrivalFields, errors: FieldErrors) -> impl IntoView {
    let chosen = arrival.vehicle.is_none();
    let inside = match arrival.customer {
        Some(known) => {
            let drivers = known.drivers.clone();
            view! {
                <KnownCustomerCard known chosen/>
                <BroughtBy drivers who errors/>
            }
            .into_any()
        }
        None => {
            let ticked = !who.somebody_else.is_empty();
            view! {
                <NewCustomerFields who errors=errors.clone()/>
                <Perhaps perhaps=arrival.perhaps ticked errors/>
            }
            .into_any()
        }
    };
    view! { <Card title="Customer"><div class="stack">{inside}</div></Card> }
}

/// The mark, and the button that looks it up. First button of the form: Enter anywhere looks up, and never opens an order by accident.
#[component]
fn LookUpRow(
    device: bool,
    known: bool,
    asked: bool,
    who: ArrivalFields,
    errors: FieldErrors,
) -> impl IntoView {
    let typed = !who.identifiers().is_empty();
    let (name, label, example, value) = if device {
        (
            "serial",
            "Serial number or IMEI",
            "35 209900 176148 1",
            who.serial,
        )
    } else {
        ("plate", "Plate or VIN", locale().plate_example(), who.plate)
    };
    let word = terms().asset().one;
    let fresh = errors.is_empty();
    let state = match (known, typed) {
        (true, _) => "On file.".to_owned(),
        (false, false) => "We fill in what we know.".to_owned(),
        (false, true) if asked => "No exact match.".to_owned(),
        (false, true) => format!("New {word}: fill in what you know."),
    };
    view! {
        <div class="look-up">
            <Field label name value placeholder=example autofocus=fresh autocomplete="off" maxlength=60u32
                class="input-code input-mark" error=errors.at(name) span=Span::Full/>
            <button class="btn look-up-button" type="submit" formaction=LOOK_UP formnovalidate=true>
                <Icon name="search"/>
                "Look up"
            </button>
        </div>
        <p class="hint look-up-state" role="status">{state}</p>
    }
}
