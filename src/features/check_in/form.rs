//! The whole form: strings as typed, and the rules that make them a check-in.
use super::model::ArrivalFields;
use super::promise;
use crate::features::assets::{AssetForm, NewAsset};
use crate::features::customers::{CustomerForm, NewCustomer};
use crate::kernel::AssetKind;
use crate::kernel::*;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Deserialize;

/// More than this is a list of its own.
const MOST_CONCERNS: usize = 30;

/// As the page asks, from top to bottom.
pub(super) const FIELDS: [&str; 21] = [
    "plate",
    "serial",
    "make",
    "model",
    "model_year",
    "vin",
    "color",
    "odometer_in",
    "odometer_reason",
    "kind",
    "name",
    "phone",
    "email",
    "somebody_else",
    "driver",
    "concerns",
    "promise",
    "promised_at",
    "key_tag",
    "advisor",
    "",
];

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CheckInForm {
    #[serde(flatten)]
    pub who: ArrivalFields,
    /// One concern a line, in the customer's words.
    pub concerns: String,
    /// One of the offered times, `other` or `none`.
    pub promise: String,
    pub promised_at: String,
    pub advisor: String,
    pub waiting: String,
    pub urgent: String,
    pub key_tag: String,
    /// Answers a double click once.
    pub key: String,
    /// Without script: what to forget, `vehicle` or `customer`.
    pub clear: String,
    /// Without script: the vehicle chosen from a customer's, by id.
    pub choose: String,
}

/// A new customer or one of ours; the same for what they bring.
#[derive(Clone, Debug)]
pub enum ExistingOrNew<Id, New> {
    Known(Id),
    New(New),
}

/// A check-in that passed every rule that needs no database.
#[derive(Clone, Debug)]
pub struct CheckIn {
    pub asset: ExistingOrNew<AssetId, NewAsset>,
    /// `None` where the asset says whose it is.
    pub customer: Option<ExistingOrNew<CustomerId, NewCustomer>>,
    /// Who brings a company's vehicle.
    pub driver: Option<DriverId>,
    pub concerns: Vec<String>,
    pub promised_at: Option<DateTime<Utc>>,
    pub odometer_in: Option<i32>,
    pub odometer_reason: String,
    pub advisor: Option<MemberId>,
    pub waiting: bool,
    pub urgent: bool,
    pub key_tag: String,
}

/// What the rules go by.
#[derive(Clone, Copy, Debug)]
pub struct ValidationContext {
    pub kind: AssetKind,
    pub require_odometer: bool,
    pub now: DateTime<Utc>,
    pub zone: Tz,
    pub context: FormContext,
}

impl CheckInForm {
    /// What the buttons of the look-up ask for, and a VIN typed where a plate is expected put in its place.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        let who = &mut self.who;
        match self.clear.as_str() {
            "vehicle" => who.without_vehicle(),
            "customer" => who.customer.clear(),
            _ => {}
        }
        if !self.choose.is_empty() {
            who.without_vehicle();
            who.vehicle.clone_from(&self.choose);
        }
        let mark = text::plate_norm(&who.plate);
        if mark.len() == 17 && who.vin.is_empty() && text::vin(&mark).is_ok() {
            who.plate.clear();
            who.vin = mark;
        }
        self
    }

    /// # Errors
    /// Every field's problem at once.
    pub fn validate(&self, ground: ValidationContext) -> Result<CheckIn, FieldErrors> {
        let mut check = Checker::new();
        let asset = self.asset(&mut check, ground.kind, &ground.context);
        let customer = self.customer(&mut check, &ground.context);
        let driver = check.check("driver", optional_id(&self.who.driver));
        let concerns = check.check("concerns", concerns(&self.concerns));
        let chosen = promise::parse(&self.promise, &self.promised_at, ground.now, ground.zone);
        let field = if self.promise == promise::OTHER {
            "promised_at"
        } else {
            "promise"
        };
        let promised_at = check.check(field, chosen);
        let odometer_in = check.check("odometer_in", self.odometer(ground));
        let odometer_reason = check.check("odometer_reason", text::optional(&self.who.odometer_reason, 300));
        let advisor = check.check("advisor", optional_id(&self.advisor));
        let key_tag = check.check("key_tag", text::optional(&self.key_tag, 20));
        let value = (|| {
            Some(CheckIn {
                asset: asset?,
                customer: customer?,
                driver: driver?,
                concerns: concerns?,
                promised_at: promised_at?,
                odometer_in: odometer_in?,
                odometer_reason: odometer_reason?,
                advisor: advisor?,
                waiting: !self.waiting.is_empty(),
                urgent: !self.urgent.is_empty(),
                key_tag: key_tag?,
            })
        })();
        check.finish(value)
    }

    fn asset(
        &self,
        check: &mut Checker,
        kind: AssetKind,
        context: &FormContext,
    ) -> Option<ExistingOrNew<AssetId, NewAsset>> {
        let who = &self.who;
        if !who.vehicle.is_empty() {
            return check
                .check("plate", known(&who.vehicle))
                .map(ExistingOrNew::Known);
        }
        let form = AssetForm {
            plate: who.plate.clone(),
            serial: who.serial.clone(),
            vin: who.vin.clone(),
            make: who.make.clone(),
            model: who.model.clone(),
            model_year: who.model_year.clone(),
            color: who.color.clone(),
            ..AssetForm::default()
        };
        check
            .absorb(form.of_kind(kind).parse(context))
            .map(ExistingOrNew::New)
    }

    fn customer(
        &self,
        check: &mut Checker,
        context: &FormContext,
    ) -> Option<Option<ExistingOrNew<CustomerId, NewCustomer>>> {
        let who = &self.who;
        if !who.customer.is_empty() {
            return check
                .check("name", known(&who.customer))
                .map(|id| Some(ExistingOrNew::Known(id)));
        }
        if !who.vehicle.is_empty() {
            return Some(None);
        }
        let form = CustomerForm {
            kind: if who.kind.is_empty() {
                "person".into()
            } else {
                who.kind.clone()
            },
            name: who.name.clone(),
            phone: who.phone.clone(),
            email: who.email.clone(),
            ..CustomerForm::default()
        };
        check
            .absorb(form.parse(context))
            .map(|new| Some(ExistingOrNew::New(new)))
    }

    /// A known asset's kind is looked at later; devices of a garage are rare.
    fn odometer(&self, ground: ValidationContext) -> Result<Option<i32>, Problem> {
        if ground.kind == AssetKind::Device {
            return Ok(None);
        }
        match text::odometer(&self.who.odometer_in)? {
            None if ground.require_odometer => Err(Problem::Missing),
            value => Ok(value),
        }
    }
}

fn known<T: std::str::FromStr>(id: &str) -> Result<T, Problem> {
    id.parse()
        .map_err(|_| Problem::other("This no longer exists. Look it up again."))
}

fn optional_id<T: std::str::FromStr>(raw: &str) -> Result<Option<T>, Problem> {
    if raw.is_empty() {
        return Ok(None);
    }
    raw.parse().map(Some).map_err(|_| Problem::Missing)
}

/// One concern a line; bullets that people type are not part of it.
fn concerns(raw: &str) -> Result<Vec<String>, Problem> {
    let lines: Vec<String> = raw
        .lines()
        .map(|line| line.trim().trim_start_matches(['-', '*', '•']))
        .filter(|line| !line.trim().is_empty())
        .map(|line| text::required(line, 2_000))
        .collect::<Result<_, _>>()?;
    match lines.len() {
        0 => Err(Problem::other(
            "Enter what the customer says, one concern per line.",
        )),
        n if n > MOST_CONCERNS => Err(Problem::other(format!(
            "At most {MOST_CONCERNS} concerns fit here."
        ))),
        _ => Ok(lines),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_a_concern() {
        assert_eq!(
            concerns("- Brakes squeal\r\n\r\n• Oil leak \n"),
            Ok(vec!["Brakes squeal".to_owned(), "Oil leak".to_owned()])
        );
        assert!(concerns(" \n ").is_err());
    }
}
