//! The customer form: strings as typed, and the rule that makes them a customer.
use super::model::{CustomerKind, NewCustomer};
use crate::kernel::{Checker, FieldErrors, Problem, text};
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
            version: _,
            key: _,
        } = self;
        let mut check = Checker::new();
        let kind = check.check("kind", CustomerKind::parse(kind).ok_or(Problem::Missing));
        let name = check.check("name", text::required(name, 120));
        let contact_name = check.check("contact_name", text::optional(contact_name, 120));
        let tax_id = check.check("tax_id", text::optional(tax_id, 40));
        let phone = check.check("phone", text::phone(phone));
        let email = check.check("email", text::optional_email(email));
        let street = check.check("street", text::optional(street, 160));
        let postal_code = check.check("postal_code", text::optional(postal_code, 16));
        let city = check.check("city", text::optional(city, 80));
        let notes = check.check("notes", text::long(notes, 4000));
        let value = (|| {
            Some(NewCustomer {
                kind: kind?,
                name: name?,
                contact_name: contact_name?,
                tax_id: tax_id?,
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
