//! The page, and what its button does.
use super::form::{CheckInForm, FIELDS};
use super::model::{Arrival, ArrivalFields};
use super::parts::{Arriving, Concerns, Promise, Setting};
use super::{promise, selectors, service};
use crate::features::branches;
use crate::kernel::permission::CreateWorkOrders;
use crate::server::http::page::field_errors;
use crate::server::prelude::*;
use crate::ui::prelude::*;
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;

/// Whom another page sends here. Names and plates belong in no address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    vehicle: String,
    customer: String,
}

/// Empty, or with the vehicle or customer whose page led here.
pub(super) async fn show(scope: Scope<CreateWorkOrders>, Search(sent): Search<Sent>) -> PageResult {
    let form = CheckInForm {
        who: ArrivalFields {
            vehicle: sent.vehicle,
            customer: sent.customer,
            ..ArrivalFields::default()
        },
        advisor: scope.session().member().to_string(),
        ..CheckInForm::default()
    };
    page(scope, form, FieldErrors::default(), 200).await
}

/// With what is known of what is typed; everything typed so far stays.
pub(super) async fn look_up(
    scope: Scope<CreateWorkOrders>,
    FormBody(form): FormBody<CheckInForm>,
) -> PageResult {
    let mut form = form.tidied();
    if form.advisor.is_empty() {
        form.advisor = scope.session().member().to_string();
    }
    page(scope, form, FieldErrors::default(), 200).await
}

pub(super) async fn open(
    mut scope: Scope<CreateWorkOrders>,
    FormBody(form): FormBody<CheckInForm>,
) -> PageResult {
    let form = form.tidied();
    match field_errors(service::open(&mut scope, &form).await)? {
        Ok(id) => {
            let opened = scope.session().terms().say("Work order opened");
            scope.done(format!("/work-orders/{id}"), &opened).await
        }
        Err(mut errors) => {
            errors.sort_by_fields(&FIELDS);
            page(scope.start_over().await?, form, errors, 422).await
        }
    }
}

async fn page(
    mut scope: Scope<CreateWorkOrders>,
    mut form: CheckInForm,
    errors: FieldErrors,
    status: u16,
) -> AppResult<Response> {
    let arrival = selectors::arrival(&mut scope, &form.who).await?;
    let advisors = selectors::advisors(&mut scope).await?;
    let (session, branch) = (scope.session().clone(), scope.session().working_branch()?);
    let week = branches::selectors::week(&mut scope, branch.id).await?;
    let choices = promise::choices(scope.now(), session.locale(), branch.time_zone, &week);
    let setting = Setting {
        device: session.terms().devices(),
        unit: session.settings.distance_unit.clone(),
        require_odometer: session.settings.require_odometer,
    };
    fill_in(&mut form, &arrival, &setting);
    form.promise = shown_promise(&form, &choices);
    // A key that was used leads to what it opened, so each page has its own; a refused form keeps its key.
    if status == 200 || form.key.is_empty() {
        form.key = idempotency::fresh(&scope);
    }
    let title = Page::new("Check-in").nav("/check-in").status(status);
    Ok(scope.page(title, move || {
        focus_refused(&errors);
        view! {
            <PageHeader title="Check-in" subtitle=branch.name/>
            <form method="post" action="/check-in" class="form bay-touch" autocomplete="off">
                <FormErrors errors=errors.summary()/>
                <Hidden name="key" value=form.key.clone()/>
                <div class="check-in">
                    <Arriving start=arrival who=form.who.clone() errors=errors.clone() setting=setting/>
                    <div class="stack">
                        <Concerns form=form.clone() errors=errors.clone()/>
                        <Promise form choices advisors errors/>
                        <div class="check-in-go">
                            <SubmitButton label=terms().say("Open work order") size=Size::Bay icon="clipboard-check"/>
                        </div>
                    </div>
                </div>
            </form>
        }
    }))
}

/// The recognised vehicle's id and mark, where they were not typed.
fn fill_in(form: &mut CheckInForm, arrival: &Arrival, setting: &Setting) {
    let who = &mut form.who;
    who.vehicle.clear();
    if let Some(known) = &arrival.vehicle {
        who.vehicle.clone_from(&known.id);
        // The owner is shown; whoever was chosen before the vehicle was known is not meant any more.
        if arrival
            .customer
            .as_ref()
            .is_none_or(|owner| owner.id != who.customer)
        {
            who.customer.clear();
        }
        if who.identifiers().is_empty() {
            let field = if setting.device {
                &mut who.serial
            } else {
                &mut who.plate
            };
            field.clone_from(&known.mark);
        }
    } else if arrival.customer.is_none() {
        who.customer.clear();
    }
}

/// The choice to show pressed; a time that is not among the choices any more stands in the field.
fn shown_promise(form: &CheckInForm, choices: &[promise::Choice]) -> String {
    let offered = choices.iter().any(|(value, _)| *value == form.promise);
    match form.promise.as_str() {
        "" if !form.promised_at.is_empty() => promise::OTHER.to_owned(),
        chosen if offered => chosen.to_owned(),
        _ => String::new(),
    }
}
