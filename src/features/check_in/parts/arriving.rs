//! The left half of the check-in: vehicle, odometer, customer.
use super::super::form::{CheckInFields, CheckInForm};
use super::super::model::{Arrival, LOOK_UP};
use super::Setting;
use super::cards::{BroughtBy, Choices, DidYouMean, KnownCustomerCard, KnownVehicleCard, Perhaps};
use super::fields::{NewAssetFields, NewCustomerFields, OdometerFields};
use crate::kernel::Filled;
use crate::ui::prelude::*;
use leptos::prelude::*;

/// Shows what is known and asks for the rest.
#[component]
pub(in super::super) fn Arriving(
    start: Arrival,
    filled: Filled<CheckInForm>,
    setting: Setting,
) -> impl IntoView {
    let fields = filled.fields();
    view! {
        <div class="stack">
            <Hidden of=fields.vehicle.clone()/>
            <Hidden of=fields.customer.clone()/>
            <Hidden of=fields.new_here.clone()/>
            <VehiclePart arrival=start.clone() setting filled/>
            <CustomerPart arrival=start fields/>
        </div>
    }
}

#[component]
fn VehiclePart(arrival: Arrival, setting: Setting, filled: Filled<CheckInForm>) -> impl IntoView {
    let (device, fields) = (setting.device, filled.fields());
    let title = terms().asset().title();
    let asked = !arrival.similar.is_empty();
    let typed = filled.form.identifiers().join(" ");
    // There is an odometer to read where the known one has one; a new one is what the workshop repairs.
    let metered = arrival.vehicle.as_ref().map_or(!device, |known| known.metered);
    let odometer = metered.then(|| {
        let known = arrival.vehicle.as_ref();
        let (last, reading) = (
            known.and_then(|known| known.odometer),
            known.map(|known| known.last_reading.clone()).unwrap_or_default(),
        );
        view! { <OdometerFields last reading setting=setting.clone() fields=fields.clone()/> }
    });
    // Whoever is asked which one it is sees the fields of a new one after saying so, unless something stands in them.
    let new = (arrival.vehicle.is_none() && !(asked && filled.form.describes_nothing()))
        .then(|| view! { <NewAssetFields device fields=fields.asset/> });
    view! {
        <Card title>
            <div class="stack">
                <LookUpRow device known=arrival.vehicle.is_some() asked filled/>
                <DidYouMean similar=arrival.similar typed/>
                {arrival.vehicle.map(|known| view! { <KnownVehicleCard known/> })}
                <Choices choices=arrival.choices/>
                {new}
                {odometer}
            </div>
        </Card>
    }
}

#[component]
fn CustomerPart(arrival: Arrival, fields: CheckInFields) -> impl IntoView {
    let chosen = arrival.vehicle.is_none();
    let inside = match arrival.customer {
        Some(known) => {
            let (drivers, phone) = (known.drivers.clone(), fields.owner.phone.value().to_owned());
            view! {
                <KnownCustomerCard known chosen/>
                <BroughtBy drivers phone field=fields.driver/>
            }
            .into_any()
        }
        None => view! {
            <NewCustomerFields fields=fields.owner/>
            <Perhaps perhaps=arrival.perhaps field=fields.somebody_else/>
        }
        .into_any(),
    };
    view! { <Card title="Customer"><div class="stack">{inside}</div></Card> }
}

/// The longest mark: a VIN with blanks, typed where a plate is asked for.
const MARK_MOST: u32 = 60;

/// The mark, and the button that looks it up. First button of the form: Enter anywhere looks up, and never opens an order by accident.
#[component]
fn LookUpRow(device: bool, known: bool, asked: bool, filled: Filled<CheckInForm>) -> impl IntoView {
    let typed = !filled.form.identifiers().is_empty();
    let asset = filled.fields().asset;
    let (field, example) = if device {
        (asset.serial, "35 209900 176148 1")
    } else {
        (asset.plate.label("Plate or VIN"), locale().plate_example())
    };
    let field = field.at_most(MARK_MOST);
    let word = terms().asset().one;
    let fresh = filled.errors.is_empty();
    let state = match (known, typed) {
        (true, _) => "On file.".to_owned(),
        (false, false) => "We fill in what we know.".to_owned(),
        (false, true) if asked => "No exact match.".to_owned(),
        (false, true) => format!("New {word}: fill in what you know."),
    };
    view! {
        <div class="look-up">
            <Field of=field placeholder=example autofocus=fresh class="input-code input-mark" span=Span::Full/>
            <button class="btn look-up-button" type="submit" formaction=LOOK_UP formnovalidate=true>
                <Icon name="search"/>
                "Look up"
            </button>
        </div>
        <p class="hint look-up-state" role="status">{state}</p>
    }
}
