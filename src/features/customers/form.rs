//! The customer form: strings as typed, and the rule that makes them a customer.
use super::model::{Customer, CustomerKind, NewCustomer};
use crate::kernel::{Checker, FieldErrors, Problem, text};
use crate::server::contact;
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CustomerForm {
    pub kind: String,
    pub name: String,
    pub contact_name: String,
    pub tax_id: String,
    pub phone: String,
    pub email: String,
    pub street: String,
    pub postal_code: String,
    pub city: String,
    pub notes: String,
    /// Save although somebody with this telephone or e-mail is there already.
    pub anyway: String,
    /// `vehicle`: add one next.
    pub then: String,
    /// What the page was rendered for: another change meanwhile is told, not overwritten.
    pub version: String,
    /// Answers a double click once.
    pub key: String,
}

impl CustomerForm {
    /// # Errors
    /// Every field's problem at once.
    pub fn validate(&self) -> Result<NewCustomer, FieldErrors> {
        let Self {
            kind,
            name,
            contact_name,
            tax_id,
            phone,
            email,
            street,
            postal_code,
            city,
            notes,
            anyway: _,
            then: _,
            version: _,
            key: _,
        } = self;
        let mut check = Checker::new();
        let kind = check.check("kind", CustomerKind::parse(kind).ok_or(Problem::Missing));
        let name = check.check("name", text::required(name, 120));
        let contact_name = check.check("contact_name", text::optional(contact_name, 120));
        let tax_id = check.check("tax_id", text::optional(tax_id, 40));
        let phone = check.check("phone", text::phone(phone));
        let email = check.check("email", contact::optional_email(email));
        let street = check.check("street", text::optional(street, 160));
        let postal_code = check.check("postal_code", text::optional(postal_code, 16));
        let city = check.check("city", text::optional(city, 80));
        let notes = check.check("notes", text::long(notes, 4000));
        // A person has neither; what was typed before the type changed does not stay behind unseen.
        let of_company = |text: String| {
            if kind == Some(CustomerKind::Company) {
                text
            } else {
                String::new()
            }
        };
        let value = (|| {
            Some(NewCustomer {
                kind: kind?,
                name: name?,
                contact_name: of_company(contact_name?),
                tax_id: of_company(tax_id?),
                phone: phone?,
                email: email?,
                street: street?,
                postal_code: postal_code?,
                city: city?,
                notes: notes?,
            })
        })();
        check.finish(value)
    }
}

impl CustomerForm {
    /// An empty form.
    pub(super) fn blank(key: String) -> Self {
        Self {
            kind: CustomerKind::Person.name().into(),
            key,
            ..Self::default()
        }
    }

    /// What is stored, as the form shows it.
    pub(super) fn of(customer: &Customer) -> Self {
        let NewCustomer {
            kind,
            name,
            contact_name,
            tax_id,
            phone,
            email,
            street,
            postal_code,
            city,
            notes,
        } = customer.data.clone();
        Self {
            kind: kind.name().into(),
            name,
            contact_name,
            tax_id,
            phone,
            email,
            street,
            postal_code,
            city,
            notes,
            version: customer.version.to_string(),
            ..Self::default()
        }
    }
}

/// Why somebody leaves the lists.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ArchiveForm {
    pub reason: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_has_no_tax_number_and_a_company_keeps_it() {
        let mut form = CustomerForm {
            name: "Ada".into(),
            tax_id: "DE1".into(),
            ..CustomerForm::blank(String::new())
        };
        assert!(form.validate().is_ok_and(|new| new.tax_id.is_empty()));
        form.kind = "company".into();
        assert!(form.validate().is_ok_and(|new| new.tax_id == "DE1"));
    }

    #[test]
    fn all_problems_are_told_at_once() {
        let form = CustomerForm {
            email: "nowhere".into(),
            phone: "call me".into(),
            ..CustomerForm::default()
        };
        let errors = form.validate().expect_err("four problems");
        for field in ["kind", "name", "email", "phone"] {
            assert!(errors.at(field).is_some(), "{field}");
        }
    }
}
