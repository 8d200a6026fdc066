//! The whole form: strings as typed, and the rules that make them a check-in.
use super::promise;
use crate::domain::customer::CustomerKind;
use crate::features::assets::AssetForm;
use crate::features::customers::CustomerForm;
use crate::form;
use crate::kernel::*;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

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

form! {
    /// The whole form, as typed.
    pub struct CheckInForm shows CheckInFields;
    /// What was entered.
    #[derive(Clone, Debug)]
    pub struct CheckIn {
        vehicle: Option<AssetId> = own("Vehicle", Kind::Hidden, known::<AssetId>, |id, _| id.to_string()).optional(),
        customer: Option<CustomerId> = own("Customer", Kind::Hidden, known::<CustomerId>, |id, _| id.to_string()).optional(),
        /// Who brings a company's vehicle.
        driver: Option<DriverId> = id::<DriverId>("Brought by").optional(),
        /// Another customer than the known one with the same telephone or e-mail.
        somebody_else: bool = tick("Different customer with the same phone or e-mail"),
        /// The marks that were said to be new here although others are nearly the same.
        new_here: String = as_typed("New here", Kind::Hidden),
        odometer_in: Option<i32> = odometer("Odometer").optional(),
        odometer_reason: String = line("Why is it lower than last time?", 300),
        concerns: Vec<String> = own("Concerns, in the customer's words", Kind::Long, one_a_line, |all, _| all.join("\n")).most(20_000).required(),
        /// One of the offered times, `other` or `none`.
        promise: String = as_typed("Promised time", Kind::Choice),
        promised_at: String = as_typed("Promised for", Kind::Moment),
        waiting: bool = tick("Customer is waiting"),
        urgent: bool = tick("Urgent"),
        key_tag: String = line("Key tag number", 20),
        advisor: Option<MemberId> = id::<MemberId>("Advisor").optional(),
    }
    with {
        /// Answers a double click once.
        key,
        /// Without script: what to forget, `vehicle` or `customer`.
        clear,
        /// Without script: the vehicle chosen from a customer's, by id.
        choose,
    }
    maybe {
        owner: CustomerForm => names_somebody_new,
        asset: AssetForm => brings_something_new,
    }
    tidied by person_unless_said;
}

/// A known one is asked for nothing.
fn brings_something_new(form: &CheckInForm) -> bool {
    form.vehicle.is_empty()
}

/// Where the asset says whose it is, nobody is asked.
fn names_somebody_new(form: &CheckInForm) -> bool {
    form.vehicle.is_empty() && form.customer.is_empty()
}

fn person_unless_said(form: &mut CheckInForm) {
    if form.owner.kind.is_empty() {
        CustomerKind::Person.name().clone_into(&mut form.owner.kind);
    }
}

/// Who and what is meant, as far as it can be looked up.
#[derive(Clone, Debug)]
pub struct Arriving {
    pub vehicle: Option<AssetId>,
    pub customer: Option<CustomerId>,
    /// Who is named cannot be a customer.
    pub customer_unknown: bool,
    /// Plate, serial number and VIN, letters and digits only.
    pub marks: Vec<String>,
    /// Those of which nobody said yet that they are new here.
    pub unconfirmed_marks: Vec<String>,
    /// The field of the mark.
    pub field: &'static str,
}

/// A check-in that passed every rule that needs no database.
#[derive(Clone, Debug)]
pub struct NewCheckIn {
    pub arriving: Arriving,
    pub entered: CheckIn,
    pub promised_at: Option<DateTime<Utc>>,
}

/// What the rules go by.
#[derive(Clone, Copy, Debug)]
pub struct ValidationContext {
    /// A known asset's kind, or the workshop's.
    pub kind: AssetKind,
    pub require_odometer: bool,
    pub now: DateTime<Utc>,
    pub zone: Tz,
    pub context: FormContext,
}

impl CheckInForm {
    /// What the look-up goes by: plate, serial number and VIN, letters and digits only.
    pub fn identifiers(&self) -> Vec<String> {
        let asset = &self.asset;
        [&asset.plate, &asset.serial, &asset.vin]
            .into_iter()
            .map(|mark| text::plate_norm(mark))
            .filter(|mark| !mark.is_empty())
            .collect()
    }

    /// The marks of which nobody said yet that they are new here.
    pub fn unconfirmed_marks(&self) -> Vec<String> {
        let confirmed: Vec<&str> = self.new_here.split_whitespace().collect();
        let mut marks = self.identifiers();
        marks.retain(|mark| !confirmed.contains(&mark.as_str()));
        marks
    }

    /// Who and what is meant, whatever else is wrong.
    pub fn arriving(&self) -> Arriving {
        Arriving {
            vehicle: self.vehicle.parse().ok(),
            customer: self.customer.parse().ok(),
            customer_unknown: !self.customer.is_empty() && self.customer.parse::<CustomerId>().is_err(),
            marks: self.identifiers(),
            unconfirmed_marks: self.unconfirmed_marks(),
            field: if self.asset.serial.trim().is_empty() {
                "plate"
            } else {
                "serial"
            },
        }
    }

    /// Whether nothing stands in the fields of a new one. The VIN is one of them, also where it was typed as the mark.
    pub fn describes_nothing(&self) -> bool {
        let asset = &self.asset;
        [
            &asset.make,
            &asset.model,
            &asset.model_year,
            &asset.vin,
            &asset.color,
        ]
        .into_iter()
        .all(|field| field.trim().is_empty())
    }

    /// Forgets a recognised vehicle and what led to it.
    fn without_vehicle(&mut self) {
        let asset = &mut self.asset;
        for field in [
            &mut self.vehicle,
            &mut asset.plate,
            &mut asset.serial,
            &mut asset.vin,
        ] {
            field.clear();
        }
    }

    /// What the buttons of the look-up ask for, and a VIN typed where a plate is expected put in its place.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        match self.clear.as_str() {
            "vehicle" => self.without_vehicle(),
            "customer" => self.customer.clear(),
            _ => {}
        }
        if !self.choose.is_empty() {
            self.without_vehicle();
            self.vehicle.clone_from(&self.choose);
        }
        let mark = text::plate_norm(&self.asset.plate);
        if mark.len() == 17 && self.asset.vin.is_empty() && text::vin(&mark).is_ok() {
            self.asset.plate.clear();
            self.asset.vin = mark;
        }
        self
    }

    /// The check-in, and when it is promised.
    ///
    /// # Errors
    /// Every field's problem at once.
    pub fn validate(&self, ground: ValidationContext) -> Result<NewCheckIn, FieldErrors> {
        let mut form = self.clone();
        form.asset = form.asset.of_kind(ground.kind);
        let metered = ground.kind == AssetKind::Vehicle;
        // A known asset's kind is looked at later; devices of a garage are rare.
        if !metered {
            form.odometer_in.clear();
        }
        let mut check = Checker::new();
        let entered = check.absorb(form.parse(&ground.context).map_err(at_what_is_shown));
        let chosen = promise::parse(&self.promise, &self.promised_at, ground.now, ground.zone);
        let field = if self.promise == promise::OTHER {
            "promised_at"
        } else {
            "promise"
        };
        let promised_at = check.check(field, chosen);
        if metered && ground.require_odometer && self.odometer_in.trim().is_empty() {
            check.refuse("odometer_in", Problem::other("Enter the odometer."));
        }
        let check_in = entered.zip(promised_at).map(|(entered, promised_at)| NewCheckIn {
            arriving: self.arriving(),
            entered,
            promised_at,
        });
        check.finish(check_in)
    }
}

/// What is hidden is shown by its mark and its name.
fn at_what_is_shown(mut errors: FieldErrors) -> FieldErrors {
    errors.place("vehicle", "plate");
    errors.place("customer", "name");
    errors
}

fn known<T: std::str::FromStr>(id: &str) -> Result<T, Problem> {
    id.parse()
        .map_err(|_| Problem::other("This no longer exists. Look it up again."))
}

/// One concern a line; bullets that people type are not part of it.
fn one_a_line(raw: &str) -> Result<Vec<String>, Problem> {
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
            one_a_line("- Brakes squeal\r\n\r\n• Oil leak \n"),
            Ok(vec!["Brakes squeal".to_owned(), "Oil leak".to_owned()])
        );
        assert!(one_a_line(" \n ").is_err());
    }

    #[test]
    fn what_was_said_to_be_new_is_not_asked_again() {
        let mut form = CheckInForm {
            new_here: "HHRG1234".into(),
            ..CheckInForm::default()
        };
        (form.asset.plate, form.asset.vin) = ("HH-RG 1234".into(), "WVWZZZ1JZXW123475".into());
        assert_eq!(form.unconfirmed_marks(), ["WVWZZZ1JZXW123475"]);
    }
}
