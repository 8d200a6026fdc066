//! What the forms hold.
use crate::features::identity;
use crate::form;
use crate::kernel::terms::{AssetTerm, TechnicianTerm, WorkOrderTerm};
use crate::kernel::{Currency, Problem};
use crate::server::messages;

form! {
    /// The settings as typed.
    pub(super) struct SettingsForm shows SettingsFields;
    /// What a workshop decided for all of its branches.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Settings {
        name: String = line("Name", 120).required().asks("Enter a name."),
        currency: Currency = own("Currency", Kind::Choice, currency, |currency, _| currency.code().to_owned()).required(),
        country: String = own("Country", Kind::Choice, country, |code, _| code.clone()),
        /// Empty where the form does not ask.
        language: String = own("Language of letters and documents", Kind::Choice, language, |code, _| code.clone()),
        distance_unit: String = own("Distance unit", Kind::Choice, unit, |unit, _| unit.clone()),
        payment_terms_days: i32 = own("Payment terms", Kind::Number, days, |days, _| days.to_string()).most(3).required(),
        require_odometer: bool = tick("Require the odometer at check-in and hand-over"),
        share_customers: bool = tick("Branches share customers and vehicles"),
        technicians_create: bool = tick("Technicians create customers and work orders"),
        receptionists_take_payments: bool = tick("Receptionists take payments"),
        asset_term: Option<AssetTerm> = choice::<AssetTerm>("What you repair").optional(),
        technician_term: Option<TechnicianTerm> = choice::<TechnicianTerm>("Who repairs it").optional(),
        work_order_term: Option<WorkOrderTerm> = choice::<WorkOrderTerm>("What it is written on").optional(),
    }
    with {
        /// What the page was rendered for.
        version,
    }
}

fn currency(raw: &str) -> Result<Currency, Problem> {
    Currency::parse(raw).ok_or_else(|| Problem::malformed("EUR"))
}

/// Nothing where nobody chose one.
fn country(raw: &str) -> Result<String, Problem> {
    if raw.is_empty() || identity::is_country(raw) {
        Ok(raw.to_owned())
    } else {
        Err(Problem::Missing)
    }
}

fn language(raw: &str) -> Result<String, Problem> {
    if raw.is_empty() {
        return Ok(String::new());
    }
    messages::known(raw)
}

fn days(raw: &str) -> Result<i32, Problem> {
    let days = raw.trim().parse().ok();
    days.filter(|days| (0..=365).contains(days))
        .ok_or_else(|| Problem::OutOfRange("0 to 365 days".to_owned()))
}

fn unit(raw: &str) -> Result<String, Problem> {
    let known = ["km", "mi"].into_iter().find(|unit| *unit == raw);
    known.map(ToOwned::to_owned).ok_or(Problem::Missing)
}

form! {
    /// A new name in the workshop's address, as typed.
    pub(super) struct AddressForm shows AddressFields;
    /// A new name in the workshop's address.
    #[derive(Clone, Debug)]
    pub(super) struct Address {
        slug: String = as_typed("Address", Kind::Text).most(40).required(),
    }
}
