//! What is typed in where nobody is known yet.
use super::super::model::ArrivalFields;
use super::Setting;
use crate::kernel::{FieldErrors, text};
use crate::ui::prelude::*;
use leptos::prelude::*;

#[component]
pub(super) fn NewAssetFields(device: bool, who: ArrivalFields, errors: FieldErrors) -> impl IntoView {
    let more = ["model_year", "vin", "color"];
    let open = more.iter().any(|field| errors.at(field).is_some())
        || [&who.model_year, &who.vin, &who.color]
            .iter()
            .any(|value| !value.is_empty());
    let title = if device {
        locale().word("Color").to_owned()
    } else {
        format!("Year, VIN, {}", locale().word("color"))
    };
    let (make, model) = (who.make.clone(), who.model.clone());
    let (make_error, model_error) = (errors.at("make"), errors.at("model"));
    view! {
        <FormGrid>
            <Field label="Make" name="make" value=make error=make_error maxlength=60u32 autocomplete="off" suggestions=makes(device)/>
            <Field label="Model" name="model" value=model error=model_error maxlength=80u32 autocomplete="off"/>
        </FormGrid>
        <details class="more" open=open>
            <summary><Icon name="chevron-right"/>{title}</summary>
            <MoreAssetFields device who errors/>
        </details>
    }
}

/// What can be written down later.
#[component]
fn MoreAssetFields(device: bool, who: ArrivalFields, errors: FieldErrors) -> impl IntoView {
    let vehicle_only = (!device).then(|| {
        view! {
            <Field label="Year" name="model_year" value=who.model_year error=errors.at("model_year") inputmode="numeric" maxlength=4u32 autocomplete="off" span=Span::Third/>
            <Field label="VIN" name="vin" value=who.vin error=errors.at("vin") class="input-code" maxlength=20u32 autocomplete="off" span=Span::TwoThirds/>
        }
    });
    view! {
        <FormGrid>
            {vehicle_only}
            <Field label=locale().word("Color") name="color" value=who.color error=errors.at("color") maxlength=40u32 autocomplete="off" span=Span::Third/>
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

#[component]
pub(super) fn OdometerFields(
    last: Option<i32>,
    reading: String,
    setting: Setting,
    who: ArrivalFields,
    errors: FieldErrors,
) -> impl IntoView {
    let told = !who.odometer_reason.is_empty() || errors.at("odometer_reason").is_some();
    let typed = text::odometer(&who.odometer_in).ok().flatten();
    let lower = last.zip(typed).is_some_and(|(last, typed)| typed < last);
    let reason = (told || lower).then(|| {
        view! {
            <Field label="Why is it lower than last time?" name="odometer_reason" value=who.odometer_reason
                error=errors.at("odometer_reason") placeholder=terms().examples().lower_odometer maxlength=300u32 span=Span::Full/>
        }
    });
    view! {
        <div class="stack gap-2">
            <Field label="Odometer" name="odometer_in" value=who.odometer_in error=errors.at("odometer_in") suffix=setting.unit
                required=setting.require_odometer inputmode="numeric" maxlength=12u32 autocomplete="off" class="input-number" span=Span::Full/>
            {(!reading.is_empty()).then(|| view! { <p class="hint">"Last: "{reading}</p> })}
            {reason}
        </div>
    }
}

#[component]
pub(super) fn NewCustomerFields(who: ArrivalFields, errors: FieldErrors) -> impl IntoView {
    let kind = if who.kind.is_empty() {
        "person".to_owned()
    } else {
        who.kind
    };
    view! {
        <FormGrid>
            <Segmented label="Customer is a" name="kind" options=options([("person", "Person"), ("company", "Company")]) selected=kind
                error=errors.at("kind") span=Span::Full/>
            <Field label="Name" name="name" value=who.name error=errors.at("name") required=true maxlength=120u32 autocomplete="off" span=Span::Full/>
            <Field label="Phone" name="phone" kind="tel" value=who.phone error=errors.at("phone") placeholder=locale().phone_example() maxlength=32u32 autocomplete="off"/>
            <Field label="E-mail" name="email" kind="email" value=who.email error=errors.at("email") maxlength=254u32 autocomplete="off"/>
        </FormGrid>
    }
}
