//! Who came, with what: as typed, and as recognised. Page, form and browser share these.
use crate::features::customers::drivers::DriverChoice;
use crate::kernel::text::plate_norm;
use serde::{Deserialize, Serialize};

/// Where the form asks what is known of who is arriving.
pub const LOOK_UP: &str = "/check-in/look-up";

/// The part of the form that says who came with what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ArrivalFields {
    /// A known vehicle's or device's id.
    pub vehicle: String,
    /// A known customer's id.
    pub customer: String,
    pub plate: String,
    pub serial: String,
    pub vin: String,
    pub make: String,
    pub model: String,
    pub model_year: String,
    pub color: String,
    pub kind: String,
    pub name: String,
    pub phone: String,
    pub email: String,
    /// The driver who brings a company's vehicle, by id.
    pub driver: String,
    /// Ticked: another customer than the known one with the same telephone or e-mail.
    pub somebody_else: String,
    /// The marks that were said to be new here although others are nearly the same.
    pub new_here: String,
    pub odometer_in: String,
    pub odometer_reason: String,
}

impl ArrivalFields {
    /// What the look-up goes by: plate, serial number and VIN, letters and digits only.
    pub fn identifiers(&self) -> Vec<String> {
        [&self.plate, &self.serial, &self.vin]
            .into_iter()
            .map(|mark| plate_norm(mark))
            .filter(|mark| !mark.is_empty())
            .collect()
    }

    /// The marks of which nobody said yet that they are new here.
    pub fn unsaid_marks(&self) -> Vec<String> {
        let said: Vec<&str> = self.new_here.split_whitespace().collect();
        let mut marks = self.identifiers();
        marks.retain(|mark| !said.contains(&mark.as_str()));
        marks
    }

    /// Whether nothing stands in the fields of a new one. The VIN is one of them, also where it was typed as the mark.
    pub fn describes_nothing(&self) -> bool {
        [&self.make, &self.model, &self.model_year, &self.vin, &self.color]
            .into_iter()
            .all(|field| field.trim().is_empty())
    }

    /// Forgets a recognised vehicle and what led to it.
    pub fn without_vehicle(&mut self) {
        self.vehicle.clear();
        self.plate.clear();
        self.serial.clear();
        self.vin.clear();
    }
}

/// What the workshop already knows of who is arriving.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    pub vehicle: Option<KnownAsset>,
    pub customer: Option<KnownCustomer>,
    /// What else this customer has, to choose from while no vehicle is known.
    pub choices: Vec<AssetChoice>,
    /// While no vehicle is known: those whose plate, VIN or serial number is nearly the one that was typed.
    pub similar: Vec<Similar>,
    /// Customers who may be the one being typed.
    pub perhaps: Vec<KnownCustomer>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownAsset {
    pub id: String,
    /// Plate or serial number; may be empty.
    pub mark: String,
    /// Whether the mark is a plate.
    pub plated: bool,
    /// Other spellings that lead here: plate, VIN and serial number, letters and digits only.
    pub marks: Vec<String>,
    /// `Volkswagen Golf 2019 · blue`
    pub name: String,
    /// Whether it has an odometer.
    pub metered: bool,
    pub odometer: Option<i32>,
    /// `84,250 km on 3 Mar 2026`
    pub last_reading: String,
    /// `3 Mar 2026 · Oil service`
    pub last_visit: String,
    pub open: Vec<OpenOrder>,
}

impl KnownAsset {
    /// Whether the typed marks still mean this one.
    pub fn answers_to(&self, typed: &[String]) -> bool {
        !typed.is_empty() && typed.iter().all(|mark| self.marks.contains(mark))
    }
}

/// A work order that is not closed yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenOrder {
    pub number: String,
    pub phase: String,
    /// Empty where it is another branch's.
    pub href: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownCustomer {
    pub id: String,
    pub name: String,
    pub phone: String,
    pub email: String,
    /// `Company · Berlin`
    pub note: String,
    /// Unpaid invoices, as text; empty when nothing is owed or it is not ours to see.
    pub owes: String,
    /// Same telephone number or e-mail address as typed.
    pub same_contact: bool,
    /// Who drives for this company.
    pub drivers: Vec<DriverChoice>,
}

/// A vehicle or device with nearly the mark that was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Similar {
    pub id: String,
    /// Plate, serial number or VIN; may be empty.
    pub mark: String,
    /// Whether the mark is a plate.
    pub plated: bool,
    /// `VW Golf, Ada Byron`
    pub name: String,
}

impl Similar {
    /// `HH-GR 1234 – VW Golf, Ada Byron`
    pub fn label(&self) -> String {
        format!("{} – {}", self.mark, self.name)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssetChoice {
    pub id: String,
    /// Plate, serial number or VIN; empty where it has none.
    pub mark: String,
    /// Make and model.
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_to_be_new_is_not_asked_again() {
        let who = ArrivalFields {
            plate: "HH-RG 1234".into(),
            vin: "WVWZZZ1JZXW123475".into(),
            new_here: "HHRG1234".into(),
            ..ArrivalFields::default()
        };
        assert_eq!(who.unsaid_marks(), ["WVWZZZ1JZXW123475"]);
    }

    #[test]
    fn another_spelling_is_the_same_vehicle_and_another_plate_is_not() {
        let golf = KnownAsset {
            marks: vec!["BAB1234".into(), "WVWZZZ1JZXW000001".into()],
            ..KnownAsset::default()
        };
        let typed = |plate: &str, vin: &str| ArrivalFields {
            plate: plate.into(),
            vin: vin.into(),
            ..ArrivalFields::default()
        };
        assert!(golf.answers_to(&typed("b-ab 1234", "").identifiers()));
        assert!(golf.answers_to(&typed("wvwzzz1jzxw000001", "").identifiers()));
        assert!(!golf.answers_to(&typed("B-AB 123", "").identifiers()));
        assert!(!golf.answers_to(&typed("", "").identifiers()));
    }
}
