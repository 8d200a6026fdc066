//! The page, and what its button does.
use super::form::{CheckInForm, FIELDS, ValidationContext};
use super::model::Arrival;
use super::parts::{Arriving, Promise, Setting, concerns_view};
use super::{promise, selectors, service};
use crate::features::branches;
use crate::kernel::permission::CreateWorkOrders;
use crate::query;
use crate::server::prelude::*;
use crate::ui::prelude::*;
use axum::response::Response;
use leptos::prelude::*;

query! {
    /// Whom another page sends here. Names and plates belong in no address.
    pub(super) struct Sent {
        vehicle,
        customer,
    }
}

/// Empty, or with the vehicle or customer whose page led here.
pub(super) async fn show(scope: Scope<CreateWorkOrders>, Search(sent): Search<Sent>) -> PageResult {
    let form = CheckInForm {
        vehicle: sent.vehicle,
        customer: sent.customer,
        advisor: scope.session().member().to_string(),
        ..CheckInForm::default()
    };
    page(scope, Filled::new(form)).await
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
    page(scope, Filled::new(form)).await
}

pub(super) async fn open(
    mut scope: Scope<CreateWorkOrders>,
    FormBody(form): FormBody<CheckInForm>,
) -> PageResult {
    let form = form.tidied();
    let ground = ValidationContext {
        kind: selectors::kind(&mut scope, form.vehicle.parse().ok()).await?,
        require_odometer: scope.session().settings.require_odometer,
        now: scope.now(),
        zone: scope.session().working_branch()?.time_zone,
        context: scope.form_context(),
    };
    let opened = match form.validate(ground) {
        Ok(new) => service::open(&mut scope, &new, &form.key).await,
        Err(errors) => service::refuse(&mut scope, &form.arriving(), &form.key, errors).await,
    };
    let flash = scope.session().terms().say("Work order opened");
    let again = async |scope, mut refused: Refused| {
        refused.errors.sort_by_fields(&FIELDS);
        page(scope, Filled::again(form, refused)).await
    };
    scope
        .answer(opened, |id| (format!("/work-orders/{id}"), flash), again)
        .await
}

async fn page(mut scope: Scope<CreateWorkOrders>, mut filled: Filled<CheckInForm>) -> AppResult<Response> {
    let arrival = selectors::arrival(&mut scope, &filled.form).await?;
    let advisors = selectors::advisors(&mut scope).await?;
    let (session, branch) = (scope.session().clone(), scope.session().working_branch()?);
    let week = branches::selectors::week(&mut scope, branch.id).await?;
    let choices = promise::choices(scope.now(), session.locale(), branch.time_zone, &week);
    let setting = Setting {
        device: session.terms().devices(),
        unit: session.settings.distance_unit.clone(),
        require_odometer: session.settings.require_odometer,
    };
    let form = &mut filled.form;
    fill_in(form, &arrival, &setting);
    form.promise = shown_promise(form, &choices);
    // A key that was used leads to what it opened, so each page has its own; a refused form keeps its key.
    if !filled.is_refused() || filled.form.key.is_empty() {
        filled = filled.keyed(&idempotency::fresh(&scope));
    }
    let title = Page::new("Check-in").nav("/check-in").shows(&filled);
    Ok(scope.page(title, move || {
        focus_refused(&filled.errors);
        let (head, fields) = (filled.head(), filled.fields());
        view! {
            <PageHeader title="Check-in" subtitle=branch.name/>
            <form method="post" action="/check-in" class="form bay-touch" autocomplete="off">
                <FormHead of=head thing="check-in"/>
                <Hidden of=fields.key.clone()/>
                <div class="check-in">
                    <Arriving start=arrival filled=filled.clone() setting=setting/>
                    <div class="stack">
                        {concerns_view(fields.clone())}
                        <Promise fields choices advisors/>
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
    form.vehicle.clear();
    if let Some(known) = &arrival.vehicle {
        form.vehicle.clone_from(&known.id);
        // The owner is shown; whoever was chosen before the vehicle was known is not meant any more.
        if arrival
            .customer
            .as_ref()
            .is_none_or(|owner| owner.id != form.customer)
        {
            form.customer.clear();
        }
        if form.identifiers().is_empty() {
            let field = if setting.device {
                &mut form.asset.serial
            } else {
                &mut form.asset.plate
            };
            field.clone_from(&known.mark);
        }
    } else if arrival.customer.is_none() {
        form.customer.clear();
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
