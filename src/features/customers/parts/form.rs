//! The customer's form: empty, filled, refused, doubted, overtaken.
use super::super::form::{CustomerFields, CustomerForm};
use super::super::model::{Customer, PossibleDuplicate};
use crate::kernel::Filled;
use crate::server::messages;
use crate::ui::prelude::*;
use leptos::prelude::*;

/// What the form shows.
pub(in super::super) struct FormView {
    pub filled: Filled<CustomerForm>,
    /// Others with the same telephone or e-mail.
    pub twins: Vec<PossibleDuplicate>,
    /// Address and name of the customer being changed; none is a new one.
    pub of: Option<(String, String)>,
}

impl FormView {
    pub(crate) fn new(filled: Filled<CustomerForm>) -> Self {
        Self {
            filled,
            twins: Vec::new(),
            of: None,
        }
    }
    pub(crate) fn of(customer: &Customer, filled: Filled<CustomerForm>) -> Self {
        let of = Some((format!("/customers/{}", customer.id), customer.data.name.clone()));
        Self {
            of,
            ..Self::new(filled)
        }
    }
    pub(crate) fn title(&self) -> &'static str {
        if self.of.is_some() {
            "Edit customer"
        } else {
            "New customer"
        }
    }
}

pub(in super::super) fn customer_form_page_view(view: FormView) -> AnyView {
    let title = view.title();
    let FormView { filled, twins, of } = view;
    let fresh = of.is_none();
    let action = of
        .as_ref()
        .map_or_else(|| "/customers/new".to_owned(), |(href, _)| format!("{href}/edit"));
    let back = of.unwrap_or_else(|| ("/customers".into(), "Customers".into()));
    let doubted = !twins.is_empty();
    let (head, fields) = (filled.head().without("anyway"), filled.fields());
    let hidden = hidden(&fields, fresh, doubted);
    let identity = fields.clone();
    view! {
        <PageHeader title crumbs=vec![back.clone()] />
        <form class="form group max-w-form" method="post" action=action>
            <FormHead of=head thing="customer" />
            {doubted.then(|| twins_view(twins))}
            {hidden}
            <Card>
                {identity_view(identity)}
            </Card>
            <Card title="Address, language and notes">
                <Address fields />
            </Card>
            {actions_view(fresh, doubted, back.0)}
        </form>
    }
    .into_any()
}

fn hidden(fields: &CustomerFields, fresh: bool, doubted: bool) -> AnyView {
    let once = if fresh { &fields.key } else { &fields.version };
    let anyway = doubted.then(|| fields.anyway.clone().holding("yes"));
    view! {
        <Hidden of=once.clone() />
        {anyway.map(|anyway| view! { <Hidden of=anyway /> })}
    }
    .into_any()
}

fn identity_view(fields: CustomerFields) -> AnyView {
    view! {
        <div class="form">
            <FormGrid>
                <Segmented of=fields.kind.lenient() span=Span::Full />
                <Field of=fields.name span=Span::Full />
            </FormGrid>
            // Only a company has them: shown by what is chosen above, without a script.
            <div class="hidden group-has-[[value=company]:checked]:block">
                <FormGrid>
                    <Field of=fields.contact_name />
                    <Field of=fields.tax_id class="input-code" hint="Printed on invoices." />
                </FormGrid>
            </div>
            <FormGrid>
                <Field of=fields.phone placeholder=locale().phone_example() />
                <Field of=fields.email />
            </FormGrid>
        </div>
    }
    .into_any()
}

#[component]
fn Address(fields: CustomerFields) -> AnyView {
    let postal_code = fields.postal_code.label(locale().postal_code_label());
    let postal_code = view! { <Field of=postal_code span=Span::Third /> };
    let city = view! { <Field of=fields.city span=Span::TwoThirds /> };
    let town = if locale().postal_code_first() {
        (postal_code.into_any(), city.into_any())
    } else {
        (city.into_any(), postal_code.into_any())
    };
    view! {
        <FormGrid>
            <Field of=fields.street span=Span::Full />
            {town}
            <Select of=fields.language prompt="Same as the workshop" options=messages::choices() hint="For letters and documents." />
            <TextArea of=fields.notes hint="For your team only. Never printed." />
        </FormGrid>
    }
    .into_any()
}

fn actions_view(fresh: bool, doubted: bool, back: String) -> impl IntoView {
    let label = match (fresh, doubted) {
        (true, true) => "Save anyway",
        (true, false) => "Save customer",
        (false, _) => "Save changes",
    };
    let more = fresh.then(
        || view! { <Button label=terms().say("Save and add a vehicle") name="then" value="vehicle" /> },
    );
    view! {
        <FormActions>
            <SubmitButton label />
            {more}
            <ButtonLink href=back label="Cancel" variant=Variant::Ghost />
        </FormActions>
    }
}

/// Families and fleets share numbers, so this is a question and no refusal.
fn twins_view(twins: Vec<PossibleDuplicate>) -> impl IntoView {
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
