//! What is typed in where nobody is known yet.
use super::super::form::CheckInFields;
use super::Setting;
use crate::domain::customer::CustomerKind;
use crate::features::assets::AssetFields;
use crate::features::customers::CustomerFields;
use crate::kernel::text;
use crate::ui::prelude::*;
use leptos::prelude::*;

pub(super) fn new_asset_fields_view(device: bool, fields: AssetFields) -> impl IntoView {
    let more = [&fields.model_year, &fields.vin, &fields.color];
    let open = more.iter().any(|field| field.is_set() || field.error.is_some());
    let title = if device {
        locale().word("Color").to_owned()
    } else {
        format!("Year, VIN, {}", locale().word("color"))
    };
    let (make, model) = (fields.make.clone(), fields.model.clone());
    view! {
        <FormGrid>
            <Field of=make suggestions=makes(device)/>
            <Field of=model/>
        </FormGrid>
        <details class="more" open=open>
            <summary><Icon name="chevron-right"/>{title}</summary>
            {more_asset_fields_view(device, fields)}
        </details>
    }
}

/// What can be written down later.
fn more_asset_fields_view(device: bool, fields: AssetFields) -> impl IntoView {
    let vehicle_only = (!device).then(|| {
        view! {
            <Field of=fields.model_year span=Span::Third/>
            <Field of=fields.vin class="input-code" span=Span::TwoThirds/>
        }
    });
    view! {
        <FormGrid>
            {vehicle_only}
            <Field of=fields.color.label(locale().word("Color")) span=Span::Third/>
        </FormGrid>
    }
}

/// The makes that most often come.
fn makes(device: bool) -> Vec<String> {
    const CARS: [&str; 20] = [
        "Audi",
        "BMW",
        "Citroën",
        "Dacia",
        "Fiat",
        "Ford",
        "Honda",
        "Hyundai",
        "Kia",
        "Mazda",
        "Mercedes-Benz",
        "Nissan",
        "Opel",
        "Peugeot",
        "Renault",
        "Seat",
        "Škoda",
        "Toyota",
        "Volkswagen",
        "Volvo",
    ];
    const DEVICES: [&str; 10] = [
        "Apple", "Asus", "Dell", "Google", "HP", "Huawei", "Lenovo", "Samsung", "Sony", "Xiaomi",
    ];
    let words: &[&str] = if device { &DEVICES } else { &CARS };
    words.iter().map(|&word| word.to_owned()).collect()
}

pub(super) fn odometer_fields_view(
    last: Option<i32>,
    reading: String,
    setting: Setting,
    fields: CheckInFields,
) -> impl IntoView {
    let mut odometer = fields.odometer_in;
    if setting.require_odometer {
        odometer = odometer.demanded();
    }
    let why = fields.odometer_reason;
    let has_reason = why.is_set() || why.error.is_some();
    let typed = text::odometer(odometer.value()).ok().flatten();
    let lower = last.zip(typed).is_some_and(|(last, typed)| typed < last);
    let reason = (has_reason || lower)
        .then(|| view! { <Field of=why placeholder=terms().examples().lower_odometer span=Span::Full/> });
    view! {
        <div class="stack gap-2">
            <Field of=odometer suffix=setting.unit class="input-number" span=Span::Full/>
            {(!reading.is_empty()).then(|| view! { <p class="hint">"Last: "{reading}</p> })}
            {reason}
        </div>
    }
}

pub(super) fn new_customer_fields_view(fields: CustomerFields) -> impl IntoView {
    let mut kind = fields.kind.label("Customer is a");
    if !kind.is_set() {
        kind = kind.holding(CustomerKind::Person.name());
    }
    view! {
        <FormGrid>
            <Segmented of=kind span=Span::Full/>
            <Field of=fields.name span=Span::Full/>
            <Field of=fields.phone placeholder=locale().phone_example()/>
            <Field of=fields.email/>
        </FormGrid>
    }
}
