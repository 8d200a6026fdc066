//! The customer's form: empty, filled, refused, doubted, overtaken.
use super::super::form::CustomerForm;
use super::super::model::{Customer, CustomerKind, Twin};
use crate::kernel::FieldErrors;
use crate::ui::prelude::*;
use leptos::prelude::*;

/// What the form shows.
pub(in super::super) struct FormView {
    pub form: CustomerForm,
    pub errors: FieldErrors,
    /// Others with the same telephone or e-mail.
    pub twins: Vec<Twin>,
    /// What somebody else saved meanwhile, where it differs.
    pub theirs: Option<Vec<(&'static str, String)>>,
    /// Address and name of the customer being changed; none is a new one.
    pub of: Option<(String, String)>,
}

impl FormView {
    pub fn new(form: CustomerForm) -> Self {
        Self {
            form,
            errors: FieldErrors::default(),
            twins: Vec::new(),
            theirs: None,
            of: None,
        }
    }
    pub fn of(customer: &Customer, form: CustomerForm) -> Self {
        let of = Some((format!("/customers/{}", customer.id), customer.data.name.clone()));
        Self {
            of,
            ..Self::new(form)
        }
    }
    pub fn title(&self) -> &'static str {
        if self.of.is_some() {
            "Edit customer"
        } else {
            "New customer"
        }
    }
}

#[component]
pub(in super::super) fn CustomerFormPage(view: FormView) -> AnyView {
    let title = view.title();
    let back = view
        .of
        .clone()
        .unwrap_or_else(|| ("/customers".into(), "Customers".into()));
    let action = view
        .of
        .as_ref()
        .map_or_else(|| "/customers/new".to_owned(), |(href, _)| format!("{href}/edit"));
    let fresh = view.of.is_none();
    let FormView {
        form,
        errors,
        twins,
        theirs,
        of: _,
    } = view;
    let doubted = !twins.is_empty();
    let summary = errors
        .summary()
        .into_iter()
        .filter(|(field, _)| field != "anyway")
        .collect();
    let hidden = hidden(&form, doubted, fresh);
    let (first, problems) = (form.clone(), errors.clone());
    view! {
        <PageHeader title crumbs=vec![back.clone()] />
        <form class="form group max-w-form" method="post" action=action>
            {theirs.map(|theirs| view! { <Overtaken thing="customer" theirs /> })}
            <FormErrors errors=summary />
            {doubted.then(|| view! { <Twins twins /> })}
            {hidden}
            <Card>
                <Identity form=first errors=problems />
            </Card>
            <Card title="Address and notes">
                <Address form errors />
            </Card>
            <Actions fresh doubted back=back.0 />
        </form>
    }
    .into_any()
}

fn hidden(form: &CustomerForm, doubted: bool, fresh: bool) -> AnyView {
    let (name, value) = if fresh {
        ("key", form.key.clone())
    } else {
        ("version", form.version.clone())
    };
    view! {
        <Hidden name value />
        {doubted.then(|| view! { <Hidden name="anyway" value="yes" /> })}
    }
    .into_any()
}

#[component]
fn Identity(form: CustomerForm, errors: FieldErrors) -> AnyView {
    let kinds = options(CustomerKind::ALL.map(|kind| (kind.name(), kind.label())));
    let at = |field| errors.at(field);
    let [kind, name, contact, tax, phone, email] =
        ["kind", "name", "contact_name", "tax_id", "phone", "email"].map(at);
    view! {
        <div class="form">
            <FormGrid>
                <Segmented label="Type" name="kind" options=kinds selected=form.kind error=kind span=Span::Full />
                <Field label="Name" name="name" value=form.name error=name required=true maxlength=120u32
                    autocomplete="off" span=Span::Full />
            </FormGrid>
            // Only a company has them: shown by what is chosen above, without a script.
            <div class="hidden group-has-[[value=company]:checked]:block">
                <FormGrid>
                    <Field label="Contact person" name="contact_name" value=form.contact_name error=contact
                        maxlength=120u32 autocomplete="off" />
                    <Field label="Tax number" name="tax_id" value=form.tax_id error=tax class="input-code"
                        maxlength=40u32 autocomplete="off" hint="Printed on invoices." />
                </FormGrid>
            </div>
            <FormGrid>
                <Field label="Phone" name="phone" kind="tel" value=form.phone error=phone placeholder=locale().phone_example() maxlength=32u32
                    autocomplete="off" />
                <Field label="E-mail" name="email" kind="email" value=form.email error=email maxlength=254u32
                    autocomplete="off" />
            </FormGrid>
        </div>
    }
    .into_any()
}

#[component]
fn Address(form: CustomerForm, errors: FieldErrors) -> AnyView {
    let postal_code = view! {
        <Field label=locale().postal_code_label() name="postal_code" value=form.postal_code error=errors.at("postal_code") maxlength=16u32
            autocomplete="off" span=Span::Third />
    };
    let city = view! {
        <Field label="City" name="city" value=form.city error=errors.at("city") maxlength=80u32 autocomplete="off" span=Span::TwoThirds />
    };
    let town = if locale().postal_code_first() {
        (postal_code.into_any(), city.into_any())
    } else {
        (city.into_any(), postal_code.into_any())
    };
    view! {
        <FormGrid>
            <Field label="Street" name="street" value=form.street error=errors.at("street") maxlength=160u32 autocomplete="off"
                span=Span::Full />
            {town}
            <TextArea label="Notes" name="notes" value=form.notes error=errors.at("notes") maxlength=4000u32
                hint="For your team only. Never printed." />
        </FormGrid>
    }
    .into_any()
}

#[component]
fn Actions(fresh: bool, doubted: bool, back: String) -> impl IntoView {
    let label = match (fresh, doubted) {
        (true, true) => "Save anyway",
        (true, false) => "Save customer",
        (false, _) => "Save changes",
    };
    let more = fresh.then(|| view! { <Button label="Save and add a vehicle" name="then" value="vehicle" /> });
    view! {
        <FormActions>
            <SubmitButton label />
            {more}
            <ButtonLink href=back label="Cancel" variant=Variant::Ghost />
        </FormActions>
    }
}

/// Families and fleets share numbers, so this is a question and no refusal.
#[component]
fn Twins(twins: Vec<Twin>) -> impl IntoView {
    let lines = twins
        .into_iter()
        .map(|twin| {
            let known = [twin.phone, twin.email, twin.city];
            let known: Vec<String> = known.into_iter().filter(|text| !text.is_empty()).collect();
            let left = twin.archived.then_some(" (archived)");
            view! {
                <li>
                    <a class="link" href=format!("/customers/{}", twin.id)>{twin.name}</a>
                    {left} <span class="text-muted">" " {known.join(" · ")}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <Alert tone=Tone::Warning title="Already a customer?">
            <p>"This phone number or e-mail is already on file:"</p>
            <ul>{lines}</ul>
            <p>"If this is a different customer, save anyway."</p>
        </Alert>
    }
}
