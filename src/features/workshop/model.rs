//! What a workshop decided for all of its branches.
use crate::kernel::Currency;
use serde::Serialize;

/// The settings, as the trail keeps them before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Settings {
    pub name: String,
    #[serde(serialize_with = "code")]
    pub currency: Currency,
    pub country: String,
    pub distance_unit: String,
    pub payment_terms_days: i32,
    pub require_odometer: bool,
    pub share_customers: bool,
    pub technicians_see_all: bool,
    pub technicians_create: bool,
    pub receptionists_take_payments: bool,
}

fn code<S: serde::Serializer>(currency: &Currency, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(currency.code())
}

impl Settings {
    /// Names of the settings that differ, as a person reads them.
    pub fn differences(&self, other: &Self) -> Vec<&'static str> {
        let pairs = [
            ("name", self.name == other.name),
            ("currency", self.currency == other.currency),
            ("country", self.country == other.country),
            ("distance unit", self.distance_unit == other.distance_unit),
            (
                "payment terms",
                self.payment_terms_days == other.payment_terms_days,
            ),
            ("odometer rule", self.require_odometer == other.require_odometer),
            (
                "sharing of customers",
                self.share_customers == other.share_customers,
            ),
            (
                "what technicians see",
                self.technicians_see_all == other.technicians_see_all,
            ),
            (
                "what technicians create",
                self.technicians_create == other.technicians_create,
            ),
            (
                "who takes payments",
                self.receptionists_take_payments == other.receptionists_take_payments,
            ),
        ];
        pairs
            .into_iter()
            .filter(|(_, same)| !same)
            .map(|(name, _)| name)
            .collect()
    }
}
