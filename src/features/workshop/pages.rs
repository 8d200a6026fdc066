//! `/settings/workshop`.
use super::form::{AddressForm, SettingsFields, SettingsForm};
use super::{selectors, service};
use crate::features::identity;
use crate::kernel::form::{FieldView, version};
use crate::kernel::permission::ManageWorkshop;
use crate::kernel::terms::{AssetTerm, TechnicianTerm, WorkOrderTerm};
use crate::server::db::settings::Settings;
use crate::server::messages;
use crate::server::prelude::*;
use crate::ui::prelude::*;
use axum::response::Response;
use leptos::prelude::*;

/// The two forms of the page.
struct Forms {
    settings: Filled<SettingsForm>,
    address: Filled<AddressForm>,
}

async fn stored(scope: &mut Scope<ManageWorkshop>) -> AppResult<Forms> {
    let (settings, version) = selectors::read(scope, false).await?;
    let slug = scope.session().org_slug.clone();
    Ok(Forms {
        settings: Filled::new(SettingsForm::of(&settings, &scope.form_context()).versioned(version)),
        address: Filled::new(AddressForm { slug }),
    })
}

pub(super) async fn show(mut scope: Scope<ManageWorkshop>) -> PageResult {
    let forms = stored(&mut scope).await?;
    page(scope, forms).await
}

pub(super) async fn save(
    mut scope: Scope<ManageWorkshop>,
    FormBody(mut form): FormBody<SettingsForm>,
) -> PageResult {
    // A page from before countries were asked for keeps what is stored.
    if form.language.is_empty() {
        form.language.clone_from(&scope.session().settings.language);
    }
    if form.country.is_empty() {
        form.country.clone_from(&scope.session().settings.country);
    }
    keep_words(&mut form, &scope.session().settings);
    let saved = match form.parse(&scope.form_context()) {
        Ok(settings) => service::change(&mut scope, &settings, version(&form.version)).await,
        Err(errors) => Err(errors.into()),
    };
    let done = |()| {
        (
            "/settings/workshop",
            "Settings saved. They apply from the next click.",
        )
    };
    let again = async |mut scope: Scope<ManageWorkshop>, refused: Refused| {
        let (theirs, current) = selectors::read(&mut scope, false).await?;
        let mut forms = stored(&mut scope).await?;
        let context = scope.form_context();
        forms.settings = Filled::again(form, refused).beside(&theirs, current, &context);
        page(scope, forms).await
    };
    scope.answer(saved, done, again).await
}

/// What is not sent stays as it is; and the usual word is no choice where none was made.
fn keep_words(form: &mut SettingsForm, stored: &Settings) {
    fn keep(typed: &mut String, stored: Option<&'static str>, now: &'static str) {
        if typed.is_empty() || stored.is_none() && typed.as_str() == now {
            stored.unwrap_or_default().clone_into(typed);
        }
    }
    let terms = stored.terms();
    let (asset, technician) = (stored.asset_term, stored.technician_term);
    keep(
        &mut form.asset_term,
        asset.map(AssetTerm::name),
        terms.asset.name(),
    );
    keep(
        &mut form.technician_term,
        technician.map(TechnicianTerm::name),
        terms.technician.name(),
    );
    let order = stored.work_order_term.map(WorkOrderTerm::name);
    keep(&mut form.work_order_term, order, terms.work_order.name());
}

pub(super) async fn change_address(
    mut scope: Scope<ManageWorkshop>,
    FormBody(form): FormBody<AddressForm>,
) -> PageResult {
    let moved = service::move_workshop(&mut scope, &form.slug).await;
    let slugs = moved.is_ok().then(|| scope.state.slugs.clone());
    let done = |()| ("/settings/workshop", "The workshop has its new address.");
    let again = async |mut scope: Scope<ManageWorkshop>, refused: Refused| {
        let mut forms = stored(&mut scope).await?;
        forms.address = Filled::again(form, refused);
        page(scope, forms).await
    };
    let answer = scope.answer(moved, done, again).await?;
    if let Some(slugs) = slugs {
        slugs.forget();
    }
    Ok(answer)
}

async fn page(mut scope: Scope<ManageWorkshop>, forms: Forms) -> AppResult<Response> {
    let domain = scope.state.settings.base_domain.clone();
    let Forms { settings, address } = forms;
    let posted = selectors::something_posted(&mut scope).await?;
    let page = Page::new("Workshop")
        .nav("/settings")
        .shows(&settings)
        .shows(&address);
    Ok(scope.page(page, move || {
        let fields = settings.fields();
        view! {
            <PageHeader title="Workshop" subtitle="For all branches. Existing documents stay as they are."
                crumbs=vec![("/settings".to_owned(), "Settings".to_owned())]/>
            <div class="stack max-w-form">
            <form class="form" method="post" action="/settings/workshop">
                <FormHead of=settings.head() thing="workshop"/>
                <Hidden of=fields.version.clone()/>
                {general_view(fields.clone(), posted)}
                <Words fields=fields.clone()/>
                {rules_view(fields)}
                <FormActions>
                    <SubmitButton label="Save settings"/>
                </FormActions>
            </form>
            {domain.map(|domain| address_card_view(domain, address))}
            </div>
        }
    }))
}

/// Where a domain is configured, each workshop has a host of its own.
fn address_card_view(domain: String, filled: Filled<AddressForm>) -> AnyView {
    let slug = filled.fields().slug;
    view! {
        <Card id="address" title="Web address" subtitle="The old address redirects to the new one and stays yours. Everyone has to sign in again.">
            <form class="form max-w-form" method="post" action="/settings/workshop/address">
                <Field of=slug suffix=format!(".{domain}") span=Span::Full/>
                <FormActions>
                    <SubmitButton label="Change address"/>
                </FormActions>
            </form>
        </Card>
    }
    .into_any()
}

fn general_view(fields: SettingsFields, posted: bool) -> AnyView {
    let own = fields.currency.value();
    let codes = if posted { vec![own] } else { currencies(own) };
    let currencies = options(codes.into_iter().map(|code| (code.to_owned(), code.to_owned())));
    let countries = options(identity::countries());
    let hint = if posted {
        "It is used on invoices or payments, so it cannot change."
    } else {
        "Cannot change after the first invoice or payment."
    };
    view! {
        <Card title="General">
            <FormGrid>
                <Field of=fields.name autocomplete="organization" span=Span::Full/>
                <Select of=fields.currency options=currencies hint=hint/>
                <Select of=fields.country options=countries prompt="Choose…" hint="Dates, numbers and addresses follow this country."/>
                <Select of=fields.language options=messages::choices() hint="What customers read. Posted documents stay as they are."/>
                {distance_unit_view(fields.distance_unit)}
                <Field of=fields.payment_terms_days suffix="days"/>
            </FormGrid>
        </Card>
    }
    .into_any()
}

/// What the workshop calls things, each word from a list.
#[component]
fn Words(fields: SettingsFields) -> AnyView {
    let terms = terms();
    let assets = options(
        AssetTerm::of(terms.kind)
            .iter()
            .map(|term| (term.name(), term.label())),
    );
    let shown = |field: FieldView, usual: &str| {
        if field.is_set() {
            field
        } else {
            field.holding(usual)
        }
    };
    view! {
        <Card title="Words" subtitle="What you call them on every page.">
            <FormGrid>
                <Select of=shown(fields.asset_term, terms.asset.name()) options=assets span=Span::Third/>
                <Select of=shown(fields.technician_term, terms.technician.name()) options=TechnicianTerm::options() span=Span::Third/>
                <Select of=shown(fields.work_order_term, terms.work_order.name()) options=WorkOrderTerm::options() span=Span::Third/>
            </FormGrid>
        </Card>
    }
    .into_any()
}

/// Devices are driven nowhere: their workshops are not asked.
fn distance_unit_view(unit: FieldView) -> impl IntoView {
    if terms().devices() {
        return view! { <Hidden of=unit/> }.into_any();
    }
    let units = options([("km", locale().word("Kilometers")), ("mi", "Miles")]);
    view! { <Segmented of=unit options=units/> }.into_any()
}

fn odometer_rule_view(rule: FieldView) -> impl IntoView {
    if terms().devices() {
        return rule.is_set().then(|| view! { <Hidden of=rule/> }).into_any();
    }
    view! { <Checkbox of=rule/> }.into_any()
}

fn rules_view(fields: SettingsFields) -> AnyView {
    view! {
        <Card title="Rules">
            <div class="form">
                {odometer_rule_view(fields.require_odometer)}
                <Checkbox of=say(fields.share_customers, "Branches share customers and vehicles")
                    hint=terms().say("Off: people see only customers of their own branches, and of work orders made there.")/>
                <Checkbox of=say(fields.technicians_create, "Technicians create customers and work orders")/>
                <Checkbox of=fields.receptionists_take_payments/>
            </div>
        </Card>
    }
    .into_any()
}

/// Its label in the workshop's words.
fn say(field: FieldView, label: &str) -> FieldView {
    field.label(terms().say(label))
}

/// Those of the countries we know, and the workshop's own.
fn currencies(own: &str) -> Vec<&str> {
    let mut codes: Vec<&str> = identity::currencies();
    if !codes.contains(&own) {
        codes.push(own);
    }
    codes
}
