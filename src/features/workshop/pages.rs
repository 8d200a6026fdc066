//! `/settings/workshop`.
use super::form::{AddressForm, SettingsForm};
use super::{selectors, service};
use crate::features::identity;
use crate::kernel::permission::ManageWorkshop;
use crate::server::prelude::*;
use crate::ui::prelude::*;
use axum::response::Response;
use leptos::prelude::*;

/// `/settings/workshop`.
pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/settings/workshop", show)
        .form("/settings/workshop", save)
        .form("/settings/workshop/address", change_address)
}

async fn show(mut scope: Scope<ManageWorkshop>) -> PageResult {
    let (settings, version) = selectors::read(&mut scope, false).await?;
    let form = SettingsForm::of(&settings, version);
    render(scope, form, 200, FieldErrors::default(), false).await
}

async fn save(mut scope: Scope<ManageWorkshop>, FormBody(form): FormBody<SettingsForm>) -> PageResult {
    match service::change(&mut scope, &form).await {
        Ok(()) => {
            scope
                .done(
                    "/settings/workshop",
                    "Settings saved. They apply from the next click.",
                )
                .await
        }
        Err(AppError::Invalid(errors)) => render(scope.start_over().await?, form, 422, errors, false).await,
        Err(AppError::Conflict(Conflict::ChangedMeanwhile)) => {
            let mut scope = scope.start_over().await?;
            let (settings, version) = selectors::read(&mut scope, false).await?;
            let theirs = SettingsForm::of(&settings, version);
            render(scope, theirs, 409, FieldErrors::default(), true).await
        }
        Err(other) => Err(other),
    }
}

async fn change_address(
    mut scope: Scope<ManageWorkshop>,
    FormBody(form): FormBody<AddressForm>,
) -> PageResult {
    match service::move_workshop(&mut scope, &form.slug).await {
        Ok(()) => {
            let slugs = scope.state.slugs.clone();
            let answer = scope
                .done("/settings/workshop", "The workshop has its new address.")
                .await?;
            slugs.forget();
            Ok(answer)
        }
        Err(AppError::Invalid(errors)) => {
            let mut scope = scope.start_over().await?;
            let (settings, version) = selectors::read(&mut scope, false).await?;
            let shown = SettingsForm::of(&settings, version);
            page(scope, shown, 422, errors, false, Some(form.slug)).await
        }
        Err(other) => Err(other),
    }
}

async fn render(
    scope: Scope<ManageWorkshop>,
    form: SettingsForm,
    status: u16,
    errors: FieldErrors,
    overtaken: bool,
) -> AppResult<Response> {
    page(scope, form, status, errors, overtaken, None).await
}

async fn page(
    mut scope: Scope<ManageWorkshop>,
    form: SettingsForm,
    status: u16,
    errors: FieldErrors,
    overtaken: bool,
    typed: Option<String>,
) -> AppResult<Response> {
    let address = scope.state.settings.base_domain.clone().map(|domain| {
        (
            typed.clone().unwrap_or_else(|| scope.session().org_slug.clone()),
            domain,
        )
    });
    // One of the two forms was refused.
    let (wrong, errors) = if typed.is_some() {
        (errors.at("slug"), FieldErrors::default())
    } else {
        (None, errors)
    };
    let posted = selectors::something_posted(&mut scope).await?;
    let page = Page::new("Workshop").nav("/settings").status(status);
    Ok(scope.page(page, move || {
        view! {
            <PageHeader title="Workshop" subtitle="For all branches. Existing documents stay as they are."
                crumbs=vec![("/settings".to_owned(), "Settings".to_owned())]/>
            <div class="stack max-w-form">
            <form class="form" method="post" action="/settings/workshop">
                {overtaken.then(|| view! { <Overtook/> })}
                <FormErrors errors=errors.summary()/>
                <Hidden name="version" value=form.version.clone()/>
                <General form=form.clone() errors=errors.clone() posted/>
                <Rules form errors/>
                <FormActions>
                    <SubmitButton label="Save settings"/>
                </FormActions>
            </form>
            {address.map(|(slug, domain)| view! { <Address slug domain error=wrong/> })}
            </div>
        }
    }))
}

/// Where a domain is configured, each workshop has a host of its own.
#[component]
fn Address(slug: String, domain: String, error: Option<String>) -> AnyView {
    view! {
        <Card id="address" title="Web address" subtitle="The old address redirects to the new one and stays yours. Everyone has to sign in again.">
            <form class="form max-w-form" method="post" action="/settings/workshop/address">
                <Field label="Address" name="slug" value=slug suffix=format!(".{domain}") error maxlength=40u32 required=true
                    autocomplete="off" span=Span::Full/>
                <FormActions>
                    <SubmitButton label="Change address"/>
                </FormActions>
            </form>
        </Card>
    }
    .into_any()
}

#[component]
fn Overtook() -> impl IntoView {
    view! {
        <Alert tone=Tone::Danger title="Someone else saved these settings while you were editing">
            <p>"Your changes were not saved. Below are the current settings: make your changes again."</p>
        </Alert>
    }
}

#[component]
fn General(form: SettingsForm, errors: FieldErrors, posted: bool) -> AnyView {
    let codes = if posted {
        vec![form.currency.as_str()]
    } else {
        currencies(&form.currency)
    };
    let currencies = options(codes.into_iter().map(|code| (code, code)));
    let countries = options(identity::countries());
    let hint = if posted {
        "It is used on invoices or payments, so it cannot change."
    } else {
        "Cannot change after the first invoice or payment."
    };
    view! {
        <Card title="General">
            <FormGrid>
                <Field label="Name" name="name" value=form.name error=errors.at("name") maxlength=120u32 required=true autocomplete="organization"
                    span=Span::Full/>
                <Select label="Currency" name="currency" options=currencies selected=form.currency error=errors.at("currency") hint=hint
                    required=true/>
                <Select label="Country" name="country" options=countries selected=form.country prompt="Choose…" error=errors.at("country")
                    hint="Dates, numbers and addresses are written as there."/>
                <Segmented label="Distance unit" name="distance_unit" options=options([("km", locale().word("Kilometers")), ("mi", "Miles")])
                    selected=form.distance_unit error=errors.at("distance_unit")/>
                <Field label="Payment terms" name="payment_terms_days" value=form.payment_terms_days error=errors.at("payment_terms_days")
                    suffix="days" inputmode="numeric" maxlength=3u32 required=true/>
            </FormGrid>
        </Card>
    }
    .into_any()
}

#[component]
fn Rules(form: SettingsForm, errors: FieldErrors) -> AnyView {
    let on = |value: &str| !value.is_empty();
    view! {
        <Card title="Rules">
            <div class="form">
                <Checkbox label="Require the odometer at check-in and hand-over" name="require_odometer" checked=on(&form.require_odometer)/>
                <Checkbox label="Branches share customers and vehicles" name="share_customers" checked=on(&form.share_customers)
                    error=errors.at("share_customers")
                    hint="Off: people see only customers of their own branches, and of work orders made there."/>
                <Checkbox label="Technicians see all work orders" name="technicians_see_all" checked=on(&form.technicians_see_all)
                    hint="Off: only the ones assigned to them."/>
                <Checkbox label="Technicians create customers and work orders" name="technicians_create"
                    checked=on(&form.technicians_create)/>
                <Checkbox label="Receptionists take payments" name="receptionists_take_payments"
                    checked=on(&form.receptionists_take_payments)/>
            </div>
        </Card>
    }
    .into_any()
}

/// Those of the countries we know, and the workshop's own.
fn currencies(own: &str) -> Vec<&str> {
    let mut codes: Vec<&str> = identity::currencies();
    if !codes.contains(&own) {
        codes.push(own);
    }
    codes
}
