//! What the organization decided for all of its branches, as every request knows it.
use crate::kernel::terms::{AssetTerm, TechnicianTerm, WorkOrderTerm};
use crate::kernel::{AssetKind, Currency, Terms, permission::OrgPolicy};
use serde::Deserialize;

/// The organization's row of `organization_settings`. `auth.enter` hands it over whole, so a new setting is a column and a field here.
#[derive(Clone, Debug, Deserialize)]
pub struct Settings {
    pub name: String,
    pub currency: Currency,
    /// ISO 3166-1, empty where nobody chose one.
    pub country: String,
    /// The language of its letters and documents.
    pub language: String,
    /// What it repairs.
    pub asset_word: AssetKind,
    /// The words that it chose; the usual ones of trade and country where it chose none.
    pub asset_term: Option<AssetTerm>,
    pub technician_term: Option<TechnicianTerm>,
    pub work_order_term: Option<WorkOrderTerm>,
    /// `km` or `mi`.
    pub distance_unit: String,
    pub require_odometer: bool,
    /// Whether customers are everybody's, or each branch's own.
    pub share_customers: bool,
    pub technicians_create: bool,
    pub receptionists_take_payments: bool,
    pub payment_terms_days: i32,
}

impl Settings {
    /// What it calls things.
    pub fn terms(&self) -> Terms {
        let usual = Terms::usual(self.asset_word, &self.country);
        Terms {
            asset: self.asset_term.unwrap_or(usual.asset),
            technician: self.technician_term.unwrap_or(usual.technician),
            work_order: self.work_order_term.unwrap_or(usual.work_order),
            ..usual
        }
    }
    pub fn switches(&self) -> OrgPolicy {
        OrgPolicy {
            technicians_create: self.technicians_create,
            receptionists_take_payments: self.receptionists_take_payments,
        }
    }
}
