//! What a customer is.
use crate::kernel::CustomerId;
use chrono::{DateTime, Utc};

/// A person, or a company with a contact and a tax number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CustomerKind {
    Person,
    Company,
}

impl CustomerKind {
    pub const ALL: [Self; 2] = [Self::Person, Self::Company];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Company => "company",
        }
    }
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A validated customer, about to be written.
#[derive(Clone, Debug)]
pub struct NewCustomer {
    pub kind: CustomerKind,
    pub name: String,
    pub contact_name: String,
    pub tax_id: String,
    pub phone: String,
    pub email: String,
    pub street: String,
    pub postal_code: String,
    pub city: String,
    pub notes: String,
}

/// A row of the list.
#[derive(Clone, Debug)]
pub struct CustomerRow {
    pub id: CustomerId,
    pub name: String,
    pub kind: String,
    pub phone: String,
    pub email: String,
    pub city: String,
    pub assets: i64,
    pub created_at: DateTime<Utc>,
}
