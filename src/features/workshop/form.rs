//! What the form holds.
use super::model::Settings;
use crate::features::identity;
use crate::kernel::{Checker, Currency, FieldErrors, Problem, text};
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SettingsForm {
    pub name: String,
    pub currency: String,
    /// Empty keeps what is stored.
    pub country: String,
    pub distance_unit: String,
    pub payment_terms_days: String,
    pub require_odometer: String,
    pub share_customers: String,
    pub technicians_see_all: String,
    pub technicians_create: String,
    pub receptionists_take_payments: String,
    /// What the page was rendered for.
    pub version: String,
}

/// A new name in the workshop's address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AddressForm {
    pub slug: String,
}

fn country(raw: &str, before: &Settings) -> Result<String, Problem> {
    match raw {
        "" => Ok(before.country.clone()),
        code if code == before.country || identity::is_country(code) => Ok(code.to_owned()),
        _ => Err(Problem::Missing),
    }
}

fn ticked(on: bool) -> String {
    if on { "on" } else { "" }.to_owned()
}

impl SettingsForm {
    /// What is stored, as the form shows it.
    pub fn of(settings: &Settings, version: i32) -> Self {
        Self {
            name: settings.name.clone(),
            currency: settings.currency.code().to_owned(),
            country: settings.country.clone(),
            distance_unit: settings.distance_unit.clone(),
            payment_terms_days: settings.payment_terms_days.to_string(),
            require_odometer: ticked(settings.require_odometer),
            share_customers: ticked(settings.share_customers),
            technicians_see_all: ticked(settings.technicians_see_all),
            technicians_create: ticked(settings.technicians_create),
            receptionists_take_payments: ticked(settings.receptionists_take_payments),
            version: version.to_string(),
        }
    }

    /// # Errors
    /// Every field's problem at once.
    pub fn validate(&self, before: &Settings) -> Result<Settings, FieldErrors> {
        let mut check = Checker::new();
        let name = check.check("name", text::required(&self.name, 120));
        let currency = Currency::parse(&self.currency).ok_or(Problem::malformed("EUR"));
        let currency = check.check("currency", currency);
        let country = check.check("country", country(&self.country, before));
        let unit = Some(self.distance_unit.clone()).filter(|unit| ["km", "mi"].contains(&unit.as_str()));
        let unit = check.check("distance_unit", unit.ok_or(Problem::Missing));
        let days = self.payment_terms_days.trim().parse().ok();
        let days = days.filter(|days| (0..=365).contains(days));
        let days = days.ok_or_else(|| Problem::OutOfRange("0 to 365 days".to_owned()));
        let days = check.check("payment_terms_days", days);
        let value = (|| {
            Some(Settings {
                name: name?,
                currency: currency?,
                country: country?,
                distance_unit: unit?,
                payment_terms_days: days?,
                require_odometer: !self.require_odometer.is_empty(),
                share_customers: !self.share_customers.is_empty(),
                technicians_see_all: !self.technicians_see_all.is_empty(),
                technicians_create: !self.technicians_create.is_empty(),
                receptionists_take_payments: !self.receptionists_take_payments.is_empty(),
            })
        })();
        check.finish(value)
    }
}
