//! Sign-up: a workshop, its first branch and its owner in one form.
use super::{WELCOME, enter};
use crate::features::identity::country::{COUNTRIES, Country, time_zones};
use crate::features::identity::form::{SignUpFields, SignUpForm};
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

pub(crate) async fn page(visitor: Visitor) -> PageResult {
    elsewhere(&visitor)?;
    if visitor.session().await.is_some() {
        return Ok(see_other("/dashboard"));
    }
    let form = SignUpForm {
        assets: "vehicle".to_owned(),
        ..SignUpForm::default()
    };
    Ok(show(&visitor, Filled::new(form), None))
}

pub(crate) async fn submit(visitor: Visitor, FormBody(form): FormBody<SignUpForm>) -> PageResult {
    elsewhere(&visitor)?;
    let opened = match form.parse(&FormContext::PUBLIC) {
        Ok(new) => service::sign_up(&visitor, new).await,
        Err(errors) => Err(errors.into()),
    };
    match opened {
        Ok(keys) => {
            let mut response = enter(&visitor, &keys, "/dashboard");
            let welcome = flash::say(&visitor.state, WELCOME);
            response.headers_mut().append(header::SET_COOKIE, welcome);
            Ok(response)
        }
        Err(error) => {
            let mut refused = Refused::unkeyed(error)?;
            let pause = refused.retry_after().map(wait);
            // Said above the form, in words of its own.
            refused.errors.forget("");
            Ok(show(&visitor, Filled::again(form, refused), pause))
        }
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

fn show(visitor: &Visitor, filled: Filled<SignUpForm>, pause: Option<String>) -> Response {
    let about = "Start your workshop in Gantry: 30 days free, no card, ready in a minute.";
    visitor.page(Page::new("Start a free trial").about(about).shows(&filled).knows_zone(), move || {
        let foot = || {
            view! {
                "Already have an account? " <a class="link" href="/sign-in">"Sign in"</a> " · "
                <a class="link" href="/join">"Join with a code"</a>
            }
        };
        view! {
            <AuthFrame title="Start your free trial" lead="30 days free, no card needed. You can start in a minute." foot=foot>
                {pause.map(pause_view)}
                <SignUp filled/>
            </AuthFrame>
        }
    })
}

#[component]
fn SignUp(filled: Filled<SignUpForm>) -> impl IntoView {
    let (fields, first) = (filled.fields(), filled.errors.is_empty());
    view! {
        <FormErrors errors=filled.errors.summary()/>
        <form class="form sign-up" method="post" action="/sign-up">
            {your_workshop_view(fields.clone(), first)}
            {deviations_view(fields.clone())}
            {you_view(fields)}
            <SubmitButton label="Open the workshop"/>
        </form>
    }
}

fn your_workshop_view(fields: SignUpFields, first: bool) -> impl IntoView {
    let assets = options([("vehicle", "Vehicles"), ("device", "Devices")]);
    let countries = COUNTRIES.iter().map(|c| (c.code.to_owned(), face(c))).collect();
    view! {
        <FormGrid>
            <Field of=fields.workshop placeholder="Harbour Garage" autocomplete="organization" autofocus=first/>
            <Segmented of=fields.assets.lenient() options=assets/>
            <Select of=fields.country options=countries prompt="Choose…" hint="Sets currency, tax and time zone." span=Span::Full/>
            <Field of=fields.city autocomplete="address-level2"/>
            <Field of=fields.branch placeholder="Same as city"/>
        </FormGrid>
    }
}

/// What is rarely other than usual in the country; open where something is wrong or was said.
fn deviations_view(fields: SignUpFields) -> impl IntoView {
    // Those of the country come alone, once it was chosen.
    let zones = Country::find(fields.country.value()).map_or_else(time_zones, Country::time_zones);
    let zones = options(zones.into_iter().map(|zone| (zone, zone.replace('_', " "))));
    let both = [&fields.tax_rate, &fields.time_zone];
    let open = both.iter().any(|field| field.is_set() || field.error.is_some());
    view! {
        <details class="more-fields" open=open>
            <summary>"Change tax rate or time zone"<Icon name="chevron-down"/></summary>
            <FormGrid>
                <Field of=fields.tax_rate suffix="%" placeholder="Usual for the country"/>
                <Select of=fields.time_zone options=zones prompt="Usual for the country" hint="Countries with several zones need one."/>
                <input type="hidden" name=fields.browser_zone.name value=fields.browser_zone.values.join("") data-zone=""/>
            </FormGrid>
        </details>
    }
}

fn you_view(fields: SignUpFields) -> impl IntoView {
    view! {
        <FormGrid>
            <Field of=fields.name autocomplete="name"/>
            <Field of=fields.email autocomplete="username" inputmode="email"/>
            <Field of=fields.password autocomplete="new-password" span=Span::Full
                hint="At least 12 characters. Three unrelated words are easy to remember."/>
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

fn pause_view(pause: String) -> impl IntoView {
    view! {
        <Alert tone=Tone::Warning title="Too many attempts">
            <p>{format!("Too many sign-ups from your network. Wait {pause}, then try again.")}</p>
        </Alert>
    }
}
