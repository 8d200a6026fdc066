//! What the organization decided for all of its branches, as every request knows it.
use crate::kernel::{Currency, permission::Switches};
use serde::Deserialize;

/// The organization's row of `organization_settings`. `auth.enter` hands it over whole, so a new setting is a column and a field here.
#[derive(Clone, Debug, Deserialize)]
pub struct Settings {
    pub name: String,
    pub currency: Currency,
    /// ISO 3166-1, empty where nobody chose one.
    pub country: String,
    /// `vehicle` or `device`.
    pub asset_word: String,
    /// `km` or `mi`.
    pub distance_unit: String,
    pub require_odometer: bool,
    /// Whether customers are everybody's, or each branch's own.
    pub share_customers: bool,
    pub technicians_see_all: bool,
    pub technicians_create: bool,
    pub receptionists_take_payments: bool,
    pub payment_terms_days: i32,
}

impl Settings {
    pub fn switches(&self) -> Switches {
        Switches {
            technicians_create: self.technicians_create,
            receptionists_take_payments: self.receptionists_take_payments,
        }
    }
}
