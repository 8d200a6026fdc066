//! What the forms hold, and the rules that make a workshop of them.
use super::country::Country;
use super::names;
use crate::form;
use crate::kernel::form::rule::{self, Control, Kind};
use crate::kernel::money::BasisPoints;
use crate::kernel::{AssetKind, BranchId, Checker, FieldErrors, Form, FormContext, OrgId, Problem, text};
use crate::query;
use crate::server::auth::password;
use crate::server::contact;
use crate::server::db::identity::NewWorkshop;
use crate::server::slug;
use crate::ui::layout::Theme;

/// What may be said of a new password.
const PASSWORD_MOST: u32 = 128;

form! {
    /// Address and password, as typed.
    pub(super) struct SignInForm shows SignInFields;
    /// Address and password: the answer does not say which of them is wrong.
    #[derive(Clone)]
    pub struct Credentials {
        email: String = as_typed("E-mail", Kind::Email).most(254).required(),
        password: String = as_typed("Password", Kind::Password).required(),
    }
    with {
        /// A path of ours to go to afterwards.
        next,
    }
}

query! {
    /// Where sign-in leads afterwards.
    pub(super) struct SignInSearch {
        next,
    }
}

form! {
    /// The branch chosen in the frame.
    pub(super) struct BranchForm shows BranchFields;
    /// The branch in view; none is all of the member's branches.
    #[derive(Clone, Debug)]
    pub(super) struct BranchChoice {
        branch: Option<BranchId> = own("Branch", Kind::Choice, branch, |id, _| id.map_or_else(|| "all".to_owned(), |id| id.to_string())),
    }
    with { next }
}

fn branch(raw: &str) -> Result<Option<BranchId>, Problem> {
    match raw {
        "" | "all" => Ok(None),
        id => id.parse().map(Some).map_err(|_| Problem::Missing),
    }
}

form! {
    /// Another workshop of the same person.
    pub(super) struct WorkshopForm shows WorkshopFields;
    /// Another workshop of the same person.
    #[derive(Clone, Debug)]
    pub(super) struct WorkshopChoice {
        workshop: OrgId = id::<OrgId>("Workshop"),
    }
}

form! {
    /// Light, dark or as the device.
    pub(super) struct ThemeForm shows ThemeFields;
    /// Light, dark or as the device.
    #[derive(Clone, Debug)]
    pub(super) struct ThemeChoice {
        theme: Theme = own("Theme", Kind::Choice, |raw| Ok(Theme::parse(raw).unwrap_or_default()), |theme, _| theme.name().to_owned()),
    }
    with { next }
}

form! {
    /// An e-mail address alone.
    pub(super) struct ForgotForm shows ForgotFields;
    /// Whose password was forgotten.
    #[derive(Clone, Debug)]
    pub struct Forgotten {
        email: String = address("E-mail"),
    }
}

/// An address that letters are sent to.
pub fn address(label: &'static str) -> Control<String> {
    rule::own(label, Kind::Email, contact::email, |address, _| address.clone())
        .most(254)
        .required()
        .asks("Enter an e-mail.")
}

form! {
    /// A new password, as typed.
    pub struct NewPasswordForm shows NewPasswordFields;
    /// A new password.
    #[derive(Clone)]
    pub struct NewPassword {
        new: String = secret("New password").most(PASSWORD_MOST).required(),
    }
}

impl NewPasswordForm {
    /// Not made of the person's own words.
    ///
    /// # Errors
    /// At `new`.
    pub fn of_person(&self, own_words: &[&str]) -> Result<NewPassword, FieldErrors> {
        let mut check = Checker::new();
        let new = check.absorb(self.parse(&FormContext::PUBLIC));
        check.check("new", not_own_words(&self.new, own_words));
        check.finish(new)
    }
}

form! {
    /// A new password for the old one, as typed.
    pub struct PasswordForm shows PasswordFields;
    /// A new password for the old one.
    #[derive(Clone)]
    pub struct PasswordChange {
        current: String = secret("Current password").required(),
    }
    parts { password: NewPasswordForm }
}

impl PasswordForm {
    /// Not made of the person's own words.
    ///
    /// # Errors
    /// Every field's problem at once.
    pub fn of_person(&self, own_words: &[&str]) -> Result<PasswordChange, FieldErrors> {
        let mut check = Checker::new();
        let change = check.absorb(self.parse(&FormContext::PUBLIC));
        check.check("new", not_own_words(&self.password.new, own_words));
        check.finish(change)
    }
}

form! {
    /// A workshop, its first branch and its owner, as typed.
    pub(super) struct SignUpForm shows SignUpFields;
    /// A workshop, its first branch and its owner.
    #[derive(Clone)]
    pub struct SignUp {
        workshop: String = spelled("Workshop", 120, free_name).required().asks("Enter the workshop name."),
        /// What the workshop repairs.
        assets: AssetKind = choice::<AssetKind>("What do you repair?").asks("Choose what you repair."),
        country: &'static Country = own("Country", Kind::Choice, country, |country, _| country.code.to_owned()).required(),
        city: String = line("City", 80).required().asks("Enter a city."),
        branch: String = line("Location name", 80),
        /// None is the country's usual one.
        tax_rate: Option<BasisPoints> = own("Usual tax rate", Kind::Decimal, own_rate, |rate: &BasisPoints, _| rate.to_string()).most(8).optional(),
        /// None is the browser's, where that is one of the country's, or the country's only one.
        time_zone: Option<String> = own("Time zone", Kind::Choice, time_zone, |zone: &String, _| zone.clone()).optional(),
        /// Filled in by script.
        browser_zone: String = as_typed("", Kind::Hidden),
        name: String = line("Your name", 120).required().asks("Enter a name."),
        email: String = address("E-mail"),
        password: String = secret("Password").most(PASSWORD_MOST).required(),
    }
    checked by usual_in_the_country;
}

fn country(code: &str) -> Result<&'static Country, Problem> {
    Country::find(code).ok_or(Problem::Missing)
}

fn time_zone(raw: &str) -> Result<String, Problem> {
    let zone = raw.parse::<chrono_tz::Tz>();
    zone.map(|zone| zone.name().to_owned())
        .map_err(|_| Problem::malformed("Europe/Berlin"))
}

fn own_rate(raw: &str) -> Result<BasisPoints, Problem> {
    let rate = BasisPoints::parse(raw)
        .ok()
        .filter(|rate| (0..=10_000).contains(&rate.0));
    rate.ok_or_else(|| Problem::malformed("19 or 7.5"))
}

/// What the country leaves open has to be said; the password is not made of the person's own words.
fn usual_in_the_country(form: &SignUpForm, _: Option<&mut SignUp>, check: &mut Checker, _: &FormContext) {
    if let Some(country) = Country::find(&form.country) {
        if form.tax_rate.trim().is_empty() && country.rates == [0] {
            let tax = country.tax.to_lowercase();
            check.refuse(
                "tax_rate",
                Problem::other(format!("Enter the rate of your {tax}; 0 if you charge none.")),
            );
        }
        if form.time_zone.trim().is_empty() && usual_zone(country, &form.browser_zone).is_none() {
            check.refuse(
                "time_zone",
                Problem::other("Choose the time zone: this country has several."),
            );
        }
    }
    check.check(
        "password",
        not_own_words(&form.password, &[&form.workshop, &form.name, &form.email]),
    );
}

/// The country's only zone, or the browser's where it is one of the country's.
fn usual_zone(country: &Country, browser: &str) -> Option<&'static str> {
    match country.time_zones()[..] {
        [only] => Some(only),
        ref zones => zones.iter().copied().find(|zone| *zone == browser),
    }
}

impl SignUp {
    /// The workshop that it makes.
    pub fn workshop(self) -> NewWorkshop {
        let (city, country) = (self.city, self.country);
        let branch_name = if self.branch.is_empty() {
            city.clone()
        } else {
            self.branch
        };
        let usual = usual_zone(country, &self.browser_zone).unwrap_or_default();
        NewWorkshop {
            email_norm: text::email_norm(&self.email),
            email: self.email,
            person: self.name,
            slug: names::slug(&self.workshop),
            name: self.workshop,
            asset_word: self.assets.name(),
            distance_unit: country.distance_unit(),
            currency: country.currency.to_owned(),
            country: country.code,
            branch_code: names::branch_code(&branch_name),
            branch_name,
            branch_address: city,
            time_zone: self.time_zone.unwrap_or_else(|| usual.to_owned()),
            taxes: taxes(country, self.tax_rate),
        }
    }
}

fn free_name(raw: &str) -> Result<String, Problem> {
    let name = text::required(raw, 120)?;
    if slug::reserved(&names::slug(&name)) {
        Err(Problem::other(
            "This name is reserved. Add a word, for example your city.",
        ))
    } else {
        Ok(name)
    }
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

/// Long enough, and not made of the person's own words; nothing at all is the field's to say.
pub fn not_own_words(password: &str, own_words: &[&str]) -> Result<(), Problem> {
    if password.is_empty() {
        return Ok(());
    }
    let words: Vec<&str> = own_words.iter().copied().chain(["gantry"]).collect();
    password::acceptable(password, &words)
}
