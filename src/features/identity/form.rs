//! What the forms hold, and the rules that make a workshop of them.
use super::country::Country;
use super::names;
use crate::kernel::money::BasisPoints;
use crate::kernel::{Checker, FieldErrors, Problem, text};
use crate::server::auth::password;
use crate::server::db::identity::NewWorkshop;
use crate::server::{contact, slug};
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SignInForm {
    pub email: String,
    pub password: String,
    /// A path of ours to go to afterwards.
    pub next: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SignInSearch {
    pub next: String,
}

/// `branch` empty or `all` is all of the member's branches.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct BranchForm {
    pub branch: String,
    pub next: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct WorkshopForm {
    pub workshop: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ThemeForm {
    pub theme: String,
    pub next: String,
}

/// An e-mail address alone.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ForgotForm {
    pub email: String,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct PasswordForm {
    pub current: String,
    pub new: String,
}

impl PasswordForm {
    /// Of a form that asks for the new one only.
    ///
    /// # Errors
    /// At `new`.
    pub fn validate_new(&self, own_words: &[&str]) -> Result<(), FieldErrors> {
        new_password(&self.new, own_words).map_err(|problem| FieldErrors::one("new", problem))
    }

    /// # Errors
    /// Every field's problem at once.
    pub fn validate(&self, own_words: &[&str]) -> Result<(), FieldErrors> {
        let mut check = Checker::new();
        let given = if self.current.is_empty() {
            Err(Problem::Missing)
        } else {
            Ok(())
        };
        check.check("current", given);
        check.check("new", new_password(&self.new, own_words));
        check.finish(Some(()))
    }
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct SignUpForm {
    pub workshop: String,
    /// `vehicle` or `device`: what the workshop repairs.
    pub assets: String,
    pub country: String,
    /// Empty is the country's usual one.
    pub tax_rate: String,
    /// Empty is the browser's, where that is one of the country's, or the country's only one.
    pub time_zone: String,
    /// Filled in by script.
    pub browser_zone: String,
    pub branch: String,
    pub city: String,
    pub name: String,
    pub email: String,
    pub password: String,
}

impl SignUpForm {
    /// # Errors
    /// Every field's problem at once.
    pub fn validate(&self) -> Result<NewWorkshop, FieldErrors> {
        let mut check = Checker::new();
        let name = check.check("workshop", text::required(&self.workshop, 120).and_then(free));
        let asset_word = check.check("assets", asset_word(&self.assets));
        let country = check.check("country", Country::find(&self.country).ok_or(Problem::Missing));
        let rate = check.check("tax_rate", rate(&self.tax_rate, country));
        let time_zone = check.check("time_zone", self.zone(country));
        let branch_name = check.check("branch", text::optional(&self.branch, 80));
        let city = check.check("city", text::required(&self.city, 80));
        let person = check.check("name", text::required(&self.name, 120));
        let email = check.check("email", contact::email(&self.email));
        check.check("password", self.acceptable_password());
        let value = (|| {
            let (name, country, city, email) = (name?, country?, city?, email?);
            let branch_name = branch_name.map(|b| if b.is_empty() { city.clone() } else { b })?;
            Some(NewWorkshop {
                email_norm: text::email_norm(&email),
                email,
                person: person?,
                slug: names::slug(&name),
                name,
                asset_word: asset_word?,
                distance_unit: country.distance_unit(),
                currency: country.currency.to_owned(),
                country: country.code,
                branch_code: names::branch_code(&branch_name),
                branch_name,
                branch_address: city,
                time_zone: time_zone?,
                taxes: taxes(country, rate?),
            })
        })();
        check.finish(value)
    }

    fn zone(&self, country: Option<&Country>) -> Result<String, Problem> {
        if !self.time_zone.is_empty() {
            return self
                .time_zone
                .parse::<chrono_tz::Tz>()
                .map(|zone| zone.name().to_owned())
                .map_err(|_| Problem::malformed("Europe/Berlin"));
        }
        let zones = country.map(Country::time_zones).unwrap_or_default();
        match zones[..] {
            // Without a country there is another problem already.
            [] => Ok(String::new()),
            [only] => Ok(only.to_owned()),
            _ => zones
                .into_iter()
                .find(|zone| *zone == self.browser_zone)
                .map(ToOwned::to_owned)
                .ok_or_else(|| Problem::other("Choose the time zone: this country has several.")),
        }
    }

    fn acceptable_password(&self) -> Result<(), Problem> {
        new_password(&self.password, &[&self.workshop, &self.name, &self.email])
    }
}

fn free(name: String) -> Result<String, Problem> {
    if slug::reserved(&names::slug(&name)) {
        Err(Problem::other(
            "This name is reserved. Add a word, for example your city.",
        ))
    } else {
        Ok(name)
    }
}

fn asset_word(raw: &str) -> Result<&'static str, Problem> {
    match raw {
        "vehicle" => Ok("vehicle"),
        "device" => Ok("device"),
        _ => Err(Problem::Missing),
    }
}

/// `None` is the country's own rates. Where the country has no rate for all of it, one is asked for.
fn rate(raw: &str, country: Option<&Country>) -> Result<Option<BasisPoints>, Problem> {
    if raw.trim().is_empty() {
        return match country {
            Some(country) if country.rates == [0] => Err(Problem::other(format!(
                "Enter the rate of your {}; 0 if you charge none.",
                country.tax.to_lowercase()
            ))),
            _ => Ok(None),
        };
    }
    BasisPoints::parse(raw)
        .ok()
        .filter(|rate| (0..=10_000).contains(&rate.0))
        .map(Some)
        .ok_or_else(|| Problem::malformed("19 or 7.5"))
}

/// The country's rates, or the given one before a rate of nothing; every workshop sells something untaxed.
fn taxes(country: &Country, own: Option<BasisPoints>) -> Vec<(String, i32)> {
    let mut taxes = match own {
        Some(rate) if country.rates.first() != Some(&rate.0) => vec![(country.tax.to_owned(), rate.0)],
        _ => country.taxes(),
    };
    if taxes.iter().all(|(_, rate)| *rate != 0) {
        taxes.push(("Untaxed".to_owned(), 0));
    }
    taxes
}

/// Not made of the person's own words.
fn new_password(password: &str, own_words: &[&str]) -> Result<(), Problem> {
    if password.is_empty() {
        return Err(Problem::Missing);
    }
    let words: Vec<&str> = own_words.iter().copied().chain(["gantry"]).collect();
    password::acceptable(password, &words)
}
