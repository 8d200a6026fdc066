//! What an asset is.
use crate::kernel::{AssetId, CustomerId};

/// A vehicle with a plate, or a device with a serial number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssetKind {
    Vehicle,
    Device,
}

impl AssetKind {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Vehicle => "vehicle",
            Self::Device => "device",
        }
    }
    /// The workshop's word for what it repairs; anything else is a vehicle.
    pub fn of_word(word: &str) -> Self {
        if word == "device" {
            Self::Device
        } else {
            Self::Vehicle
        }
    }
    /// As titles and buttons write it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Vehicle => "Vehicle",
            Self::Device => "Device",
        }
    }
    pub const fn labels(self) -> &'static str {
        match self {
            Self::Vehicle => "Vehicles",
            Self::Device => "Devices",
        }
    }
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Vehicle => "car",
            Self::Device => "smartphone",
        }
    }
}

/// A validated asset, about to be written.
#[derive(Clone, Debug)]
pub struct NewAsset {
    pub kind: AssetKind,
    pub plate: String,
    pub vin: String,
    /// Serial number or IMEI.
    pub serial: String,
    pub make: String,
    pub model: String,
    pub model_year: Option<i32>,
    pub color: String,
    pub engine: String,
    pub unit_number: String,
    pub notes: String,
}

impl NewAsset {
    /// How people call it: "B-AB 1234 · Volkswagen Golf".
    pub fn label(&self) -> String {
        label(
            &[&self.plate, &self.serial, &self.vin],
            &[&self.make, &self.model],
        )
    }
}

/// The first mark that is there, and make and model.
pub(super) fn label(marks: &[&str], name: &[&str]) -> String {
    let mark = marks.iter().find(|mark| !mark.is_empty()).copied();
    let words: Vec<&str> = name.iter().copied().filter(|word| !word.is_empty()).collect();
    let words = words.join(" ");
    let parts: Vec<&str> = mark
        .into_iter()
        .chain((!words.is_empty()).then_some(words.as_str()))
        .collect();
    parts.join(" · ")
}

/// Who a meter's reading is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OdometerSource {
    /// At check-in.
    In,
    /// At completion.
    Out,
    /// Written down in between.
    Manual,
}

impl OdometerSource {
    pub const fn name(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
            Self::Manual => "manual",
        }
    }
    pub fn label_of(name: &str) -> &'static str {
        match name {
            "in" => "Check-in",
            "out" => "Completion",
            _ => "Manual",
        }
    }
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
    /// How people call it: "B-AB 1234 · Volkswagen Golf".
    pub fn label(&self) -> String {
        label(
            &[&self.plate, &self.serial, &self.vin],
            &[&self.make, &self.model],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::label;

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
