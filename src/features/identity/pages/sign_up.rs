//! Sign-up: a workshop, its first branch and its owner in one form.
use super::{WELCOME, enter, slowed};
use crate::features::identity::country::{COUNTRIES, Country, time_zones};
use crate::features::identity::form::SignUpForm;
use crate::features::identity::service;
use crate::kernel::error::wait;
use crate::kernel::money::BasisPoints;
use crate::server::auth::flash;
use crate::server::http::page::see_other;
use crate::server::prelude::*;
use crate::ui::prelude::*;
use axum::http::header;
use axum::response::Response;
use leptos::prelude::*;

pub async fn page(visitor: Visitor) -> PageResult {
    elsewhere(&visitor)?;
    if visitor.session().await.is_some() {
        return Ok(see_other("/dashboard"));
    }
    let form = SignUpForm {
        assets: "vehicle".to_owned(),
        ..SignUpForm::default()
    };
    Ok(show(&visitor, form, 200, None, FieldErrors::default()))
}

pub async fn submit(visitor: Visitor, FormBody(form): FormBody<SignUpForm>) -> PageResult {
    elsewhere(&visitor)?;
    match service::sign_up(&visitor, &form).await {
        Ok(keys) => {
            let mut response = enter(&visitor, &keys, "/dashboard");
            let welcome = flash::say(&visitor.state, WELCOME);
            response.headers_mut().append(header::SET_COOKIE, welcome);
            Ok(response)
        }
        Err(AppError::Invalid(errors)) => Ok(show(&visitor, form, 422, None, errors)),
        Err(error @ AppError::SlowDown { retry_after_s }) => {
            let pause = Some(wait(retry_after_s));
            Ok(slowed(
                show(&visitor, form, 429, pause, FieldErrors::default()),
                &error,
            ))
        }
        Err(other) => Err(other),
    }
}

/// A workshop's own address founds no other.
fn elsewhere(visitor: &Visitor) -> AppResult<()> {
    if visitor.request.workshop.is_some() {
        Err(AppError::NotFound)
    } else {
        Ok(())
    }
}

fn show(
    visitor: &Visitor,
    form: SignUpForm,
    status: u16,
    pause: Option<String>,
    errors: FieldErrors,
) -> Response {
    let about = "Start your workshop in Gantry: 30 days free, no card, ready in a minute.";
    visitor.page(Page::new("Start a free trial").about(about).status(status).knows_zone(), move || {
        let foot = || {
            view! {
                "Already have an account? " <a class="link" href="/sign-in">"Sign in"</a> " · "
                <a class="link" href="/join">"Join with a code"</a>
            }
        };
        view! {
            <AuthFrame title="Start your free trial" lead="30 days free, no card needed. You can start in a minute." foot=foot>
                {pause.map(|pause| view! { <Pause pause/> })}
                <SignUp form errors/>
            </AuthFrame>
        }
    })
}

#[component]
fn SignUp(form: SignUpForm, errors: FieldErrors) -> impl IntoView {
    view! {
        <FormErrors errors=errors.summary()/>
        <form class="form sign-up" method="post" action="/sign-up">
            <YourWorkshop form=form.clone() errors=errors.clone()/>
            <Deviations form=form.clone() errors=errors.clone()/>
            <You form errors/>
            <SubmitButton label="Open the workshop"/>
        </form>
    }
}

#[component]
fn YourWorkshop(form: SignUpForm, errors: FieldErrors) -> impl IntoView {
    let assets = options([("vehicle", "Vehicles"), ("device", "Devices")]);
    let countries = COUNTRIES.iter().map(|c| (c.code.to_owned(), face(c))).collect();
    view! {
        <FormGrid>
            <Field label="Workshop" name="workshop" value=form.workshop error=errors.at("workshop") placeholder="Harbour Garage"
                autocomplete="organization" maxlength=120u32 required=true autofocus=errors.is_empty()/>
            <Segmented label="What do you repair?" name="assets" options=assets selected=form.assets error=errors.at("assets")/>
            <Select label="Country" name="country" options=countries selected=form.country prompt="Choose…" error=errors.at("country")
                hint="Sets currency, tax and time zone." required=true span=Span::Full/>
            <Field label="City" name="city" value=form.city error=errors.at("city") autocomplete="address-level2" maxlength=80u32
                required=true/>
            <Field label="Location name" name="branch" value=form.branch error=errors.at("branch")
                placeholder="Same as city" maxlength=80u32/>
        </FormGrid>
    }
}

/// What is rarely other than usual in the country; open where something is wrong or was said.
#[component]
fn Deviations(form: SignUpForm, errors: FieldErrors) -> impl IntoView {
    // Those of the country come alone, once it was chosen.
    let zones = Country::find(&form.country).map_or_else(time_zones, Country::time_zones);
    let zones = options(zones.into_iter().map(|zone| (zone, zone.replace('_', " "))));
    let open = !(form.tax_rate.is_empty() && form.time_zone.is_empty())
        || errors.at("tax_rate").or_else(|| errors.at("time_zone")).is_some();
    view! {
        <details class="more-fields" open=open>
            <summary>"Change tax rate or time zone"<Icon name="chevron-down"/></summary>
            <FormGrid>
                <Field label="Usual tax rate" name="tax_rate" value=form.tax_rate error=errors.at("tax_rate") suffix="%"
                    placeholder="Usual for the country" inputmode="decimal" autocomplete="off" maxlength=8u32/>
                <Select label="Time zone" name="time_zone" options=zones selected=form.time_zone prompt="Usual for the country"
                    error=errors.at("time_zone") hint="Countries with several zones need one."/>
                <input type="hidden" name="browser_zone" value=form.browser_zone data-zone=""/>
            </FormGrid>
        </details>
    }
}

#[component]
fn You(form: SignUpForm, errors: FieldErrors) -> impl IntoView {
    view! {
        <FormGrid>
            <Field label="Your name" name="name" value=form.name error=errors.at("name") autocomplete="name" maxlength=120u32
                required=true/>
            <Field label="E-mail" name="email" kind="email" value=form.email error=errors.at("email") autocomplete="username"
                inputmode="email" maxlength=254u32 required=true/>
            <Field label="Password" name="password" kind="password" error=errors.at("password") autocomplete="new-password"
                hint="At least 12 characters. Three unrelated words are easy to remember." maxlength=128u32 required=true
                span=Span::Full/>
        </FormGrid>
    }
}

/// `Germany · EUR, VAT 19 %`.
fn face(country: &Country) -> String {
    let rate = country.rates.first().copied().unwrap_or_default();
    let tax = match rate {
        0 => format!("{} to be entered", country.tax.to_lowercase()),
        rate => format!("{} {}", country.tax, BasisPoints(rate)),
    };
    format!("{} · {}, {tax}", country.name, country.currency)
}

#[component]
fn Pause(pause: String) -> impl IntoView {
    view! {
        <Alert tone=Tone::Warning title="Too many attempts">
            <p>{format!("Too many sign-ups from your network. Wait {pause}, then try again.")}</p>
        </Alert>
    }
}
