//! What an asset is.
use super::form::NewAsset;
use crate::domain::order::Phase;
use crate::domain::past::PastJob;
use crate::kernel::text::{first_of, joined};
use crate::kernel::{AssetId, BranchId, CustomerId, Money, WorkOrderId, text};
use chrono::{DateTime, Utc};

impl NewAsset {
    /// How people call it: "B-AB 1234 · Volkswagen Golf".
    pub fn label(&self) -> String {
        label(
            &[&self.plate, &self.serial, &self.vin],
            &[&self.make, &self.model],
        )
    }

    /// Where the check digit is compulsory (North America and China) and does not fit: somebody should look again.
    pub(super) fn vin_doubtful(&self) -> bool {
        self.vin.len() == 17
            && self.vin.starts_with(['1', '2', '3', '4', '5', 'L'])
            && !text::vin_check_digit_fits(&self.vin)
    }
}

/// The first mark that is there, and make and model.
pub(super) fn label(marks: &[&str], name: &[&str]) -> String {
    joined(" · ", [first_of(marks), &joined(" ", name)])
}

/// Enough of an asset to recognize it and to go on with it.
#[derive(Clone, Debug)]
pub struct AssetRef {
    pub id: AssetId,
    pub customer: CustomerId,
    pub kind: String,
    pub plate: String,
    pub serial: String,
    pub vin: String,
    pub make: String,
    pub model: String,
    /// The last reading of its meter.
    pub odometer: Option<i32>,
}

impl AssetRef {
    /// Plate, serial number or VIN, the first that it has.
    pub fn mark(&self) -> &str {
        first_of(&[&self.plate, &self.serial, &self.vin])
    }
    /// Make and model.
    pub fn name(&self) -> String {
        joined(" ", [&self.make, &self.model])
    }
    /// How people call it: "B-AB 1234 · Volkswagen Golf".
    pub fn label(&self) -> String {
        joined(" · ", [self.mark(), &self.name()])
    }
}

/// An asset as its page shows it.
#[derive(Clone, Debug)]
pub struct Asset {
    pub id: AssetId,
    pub data: NewAsset,
    pub owner: CustomerId,
    pub owner_name: String,
    pub owner_phone: String,
    /// Empty where letters come in the workshop's.
    pub owner_language: String,
    pub owner_archived: bool,
    pub odometer: Option<i32>,
    pub odometer_at: Option<DateTime<Utc>>,
    pub archived_at: Option<DateTime<Utc>>,
    pub archived_reason: String,
    pub version: i32,
}

/// A row of the list.
#[derive(Clone, Debug)]
pub struct AssetRow {
    pub id: AssetId,
    pub plate: String,
    pub serial: String,
    pub vin: String,
    pub make: String,
    pub model: String,
    pub model_year: Option<i32>,
    pub color: String,
    pub odometer: Option<i32>,
    pub owner: CustomerId,
    pub owner_name: String,
    pub last_visit: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
}

/// One line of the odometer's log.
#[derive(Clone, Debug)]
pub struct ReadingLine {
    pub value: i32,
    pub unit: String,
    pub source: String,
    pub reason: String,
    pub who: String,
    pub at: DateTime<Utc>,
}

/// A visit, whichever branch it was at.
#[derive(Clone, Debug)]
pub struct Visit {
    pub id: WorkOrderId,
    pub branch: BranchId,
    pub branch_name: String,
    pub branch_code: String,
    pub number: i64,
    pub phase: Phase,
    pub created_at: DateTime<Utc>,
    pub odometer_in: Option<i32>,
    pub total: Money,
    /// Titles of what was done.
    pub jobs: String,
    pub work: Vec<PastJob>,
}

/// Everything on an asset's page.
#[derive(Clone, Debug)]
pub struct AssetDetail {
    pub asset: Asset,
    pub readings: Vec<ReadingLine>,
    /// Newest first.
    pub visits: Vec<Visit>,
}

/// Somebody who could own it.
#[derive(Clone, Debug)]
pub struct Owner {
    pub id: CustomerId,
    pub name: String,
    pub phone: String,
    pub city: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::AssetKind;

    #[test]
    fn a_check_digit_is_asked_for_where_it_is_compulsory() {
        let mut asset = NewAsset {
            kind: AssetKind::Vehicle,
            plate: String::new(),
            vin: "1M8GDM9A1KP042788".into(),
            serial: String::new(),
            make: String::new(),
            model: String::new(),
            model_year: None,
            color: String::new(),
            engine: String::new(),
            unit_number: String::new(),
            notes: String::new(),
        };
        assert!(asset.vin_doubtful());
        for fine in ["1M8GDM9AXKP042788", "WVWZZZ1JZXW000001", "12345", ""] {
            asset.vin = fine.into();
            assert!(!asset.vin_doubtful(), "{fine}");
        }
    }

    #[test]
    fn a_label_has_the_best_mark_and_no_gaps() {
        assert_eq!(
            label(&["B-AB 1234", "", "VIN"], &["VW", "Golf"]),
            "B-AB 1234 · VW Golf"
        );
        assert_eq!(label(&["", "", ""], &["VW", ""]), "VW");
        assert_eq!(label(&["", "SN1", ""], &["", ""]), "SN1");
    }
}
