//! The customer's form.
use crate::domain::customer::CustomerKind;
use crate::form;
use crate::kernel::{Checker, FormContext, Problem};
use crate::server::contact::email_field;
use crate::server::messages::{self, Words};

form! {
    /// A customer as typed.
    pub struct CustomerForm shows CustomerFields;
    /// A validated customer, about to be written; read back, too: a field is called like its column.
    #[derive(Clone, Debug, serde::Deserialize)]
    pub struct NewCustomer {
        kind: CustomerKind = choice::<CustomerKind>("Type"),
        name: String = line("Name", 120).required().asks("Enter a name."),
        contact_name: String = line("Contact person", 120),
        tax_id: String = line("Tax number", 40),
        phone: String = phone("Phone"),
        email: String = email_field("E-mail"),
        street: String = line("Street", 160),
        postal_code: String = line("Postal code", 16),
        city: String = line("City", 80),
        /// Of letters and documents; empty is the workshop's.
        language: String = own("Language", Kind::Choice, language, |code, _| code.clone()).described(|code, _| named(code)),
        notes: String = long("Notes", 4000),
    }
    with {
        /// Save although somebody with this telephone or e-mail is there already.
        anyway,
        /// `vehicle`: add one next.
        then,
        /// What the page was rendered for: another change meanwhile is shown, not overwritten.
        version,
        /// Answers a double click once.
        key,
    }
    checked by without_company;
}

fn language(raw: &str) -> Result<String, Problem> {
    if raw.is_empty() {
        return Ok(String::new());
    }
    messages::known(raw)
}

fn named(language: &str) -> String {
    if language.is_empty() {
        return String::new();
    }
    Words::of(language).word("language")
}

/// A person has neither contact nor tax number; what was typed before the type changed does not stay behind unseen.
fn without_company(_: &CustomerForm, customer: Option<&mut NewCustomer>, _: &mut Checker, _: &FormContext) {
    if let Some(customer) = customer
        && customer.kind == CustomerKind::Person
    {
        customer.contact_name.clear();
        customer.tax_id.clear();
    }
}

impl CustomerForm {
    /// An empty form.
    pub(super) fn blank() -> Self {
        Self {
            kind: CustomerKind::Person.name().into(),
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Form;

    #[test]
    fn a_person_has_no_tax_number_and_a_company_keeps_it() {
        let mut form = CustomerForm {
            name: "Ada".into(),
            tax_id: "DE1".into(),
            ..CustomerForm::blank()
        };
        assert!(
            form.parse(&FormContext::PUBLIC)
                .is_ok_and(|new| new.tax_id.is_empty())
        );
        form.kind = "company".into();
        assert!(
            form.parse(&FormContext::PUBLIC)
                .is_ok_and(|new| new.tax_id == "DE1")
        );
    }

    #[test]
    fn all_problems_are_told_at_once() {
        let form = CustomerForm {
            email: "nowhere".into(),
            phone: "call me".into(),
            ..CustomerForm::default()
        };
        let errors = form.parse(&FormContext::PUBLIC).expect_err("four problems");
        for field in ["kind", "name", "email", "phone"] {
            assert!(errors.at(field).is_some(), "{field}");
        }
    }
}
