//! The left half of the check-in: vehicle, odometer, customer.
use super::super::form::{CheckInFields, CheckInForm};
use super::super::model::{Arrival, LOOK_UP};
use super::Setting;
use super::cards::{
    BroughtBy, Choices, did_you_mean_view, known_customer_card_view, known_vehicle_card_view, perhaps_view,
};
use super::fields::{new_asset_fields_view, new_customer_fields_view, odometer_fields_view};
use crate::kernel::Filled;
use crate::ui::prelude::*;
use leptos::prelude::*;

/// Shows what is known and asks for the rest.
#[component]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
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
            {vehicle_part_view(start.clone(), setting, filled)}
            {customer_part_view(start, fields)}
        </div>
    }
}

fn vehicle_part_view(arrival: Arrival, setting: Setting, filled: Filled<CheckInForm>) -> impl IntoView {
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
        odometer_fields_view(last, reading, setting.clone(), fields.clone())
    });
    // Whoever is asked which one it is sees the fields of a new one after saying so, unless something stands in them.
    let new = (arrival.vehicle.is_none() && !(asked && filled.form.describes_nothing()))
        .then(|| new_asset_fields_view(device, fields.asset));
    view! {
        <Card title>
            <div class="stack">
                {look_up_row_view(device, arrival.vehicle.is_some(), asked, filled)}
                {did_you_mean_view(arrival.similar, typed)}
                {arrival.vehicle.map(known_vehicle_card_view)}
                <Choices choices=arrival.choices/>
                {new}
                {odometer}
            </div>
        </Card>
    }
}

fn customer_part_view(arrival: Arrival, fields: CheckInFields) -> impl IntoView {
    let chosen = arrival.vehicle.is_none();
    let inside = match arrival.customer {
        Some(known) => {
            let (drivers, phone) = (known.drivers.clone(), fields.owner.phone.value().to_owned());
            view! {
                {known_customer_card_view(known, chosen)}
                <BroughtBy drivers phone field=fields.driver/>
            }
            .into_any()
        }
        None => view! {
            {new_customer_fields_view(fields.owner)}
            {perhaps_view(arrival.perhaps, fields.somebody_else)}
        }
        .into_any(),
    };
    view! { <Card title="Customer"><div class="stack">{inside}</div></Card> }
}

/// The longest mark: a VIN with blanks, typed where a plate is asked for.
const MARK_MOST: u32 = 60;

/// The mark, and the button that looks it up. First button of the form: Enter anywhere looks up, and never opens an order by accident.
fn look_up_row_view(device: bool, known: bool, asked: bool, filled: Filled<CheckInForm>) -> impl IntoView {
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
