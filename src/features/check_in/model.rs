//! Who came, with what, as recognised.
use crate::features::customers::drivers::DriverChoice;
use serde::{Deserialize, Serialize};

/// Where the form asks what is known of who is arriving.
pub const LOOK_UP: &str = "/check-in/look-up";

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
    use crate::features::check_in::form::CheckInForm;

    #[test]
    fn another_spelling_is_the_same_vehicle_and_another_plate_is_not() {
        let golf = KnownAsset {
            marks: vec!["BAB1234".into(), "WVWZZZ1JZXW000001".into()],
            ..KnownAsset::default()
        };
        let typed = |plate: &str, vin: &str| {
            let mut form = CheckInForm::default();
            (form.asset.plate, form.asset.vin) = (plate.into(), vin.into());
            form.identifiers()
        };
        assert!(golf.answers_to(&typed("b-ab 1234", "")));
        assert!(golf.answers_to(&typed("wvwzzz1jzxw000001", "")));
        assert!(!golf.answers_to(&typed("B-AB 123", "")));
        assert!(!golf.answers_to(&typed("", "")));
    }
}
