//! The vehicle's or device's form: strings as typed, and the rule that makes them an asset.
use super::model::{Asset, AssetKind, NewAsset};
use crate::kernel::{Checker, CustomerId, FieldErrors, Problem, text};
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AssetForm {
    /// The owner's id.
    pub customer: String,
    pub plate: String,
    pub vin: String,
    pub serial: String,
    pub make: String,
    pub model: String,
    pub model_year: String,
    pub color: String,
    pub engine: String,
    pub unit_number: String,
    pub notes: String,
    /// What the page was rendered for: another change meanwhile is told, not overwritten.
    pub version: String,
    /// Answers a double click once.
    pub key: String,
}

impl AssetForm {
    /// Fields that a kind does not have are left empty, whatever was sent.
    ///
    /// # Errors
    /// Every field's problem at once.
    pub fn validate(&self, kind: AssetKind) -> Result<NewAsset, FieldErrors> {
        let mut check = Checker::new();
        let make = check.check("make", text::optional(&self.make, 60));
        let model = check.check("model", text::optional(&self.model, 80));
        let color = check.check("color", text::optional(&self.color, 40));
        let notes = check.check("notes", text::long(&self.notes, 4000));
        let of = |wanted: AssetKind, raw: &str| {
            if kind == wanted {
                raw.to_owned()
            } else {
                String::new()
            }
        };
        let plate = check.check("plate", text::plate(&of(AssetKind::Vehicle, &self.plate)));
        let vin = check.check("vin", text::vin(&of(AssetKind::Vehicle, &self.vin)));
        let model_year = check.check(
            "model_year",
            model_year(&of(AssetKind::Vehicle, &self.model_year)),
        );
        let engine = check.check(
            "engine",
            text::optional(&of(AssetKind::Vehicle, &self.engine), 80),
        );
        let unit_number = check.check(
            "unit_number",
            text::optional(&of(AssetKind::Vehicle, &self.unit_number), 40),
        );
        let serial = check.check("serial", text::optional(&of(AssetKind::Device, &self.serial), 60));
        let value = (|| {
            Some(NewAsset {
                kind,
                plate: plate?,
                vin: vin?,
                serial: serial?,
                make: make?,
                model: model?,
                model_year: model_year?,
                color: color?,
                engine: engine?,
                unit_number: unit_number?,
                notes: notes?,
            })
        })();
        if let Some(asset) = &value {
            recognizable(asset, &mut check);
        }
        check.finish(value)
    }

    /// An empty form for a new one of this owner.
    pub(super) fn blank(customer: CustomerId, key: String) -> Self {
        Self {
            customer: customer.to_string(),
            key,
            ..Self::default()
        }
    }

    /// What is stored, as the form shows it.
    pub(super) fn of(asset: &Asset) -> Self {
        let NewAsset {
            kind: _,
            plate,
            vin,
            serial,
            make,
            model,
            model_year,
            color,
            engine,
            unit_number,
            notes,
        } = asset.data.clone();
        Self {
            customer: asset.owner.to_string(),
            plate,
            vin,
            serial,
            make,
            model,
            model_year: model_year.map(|year| year.to_string()).unwrap_or_default(),
            color,
            engine,
            unit_number,
            notes,
            version: asset.version.to_string(),
            key: String::new(),
        }
    }
}

/// Why an asset leaves the lists.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ArchiveForm {
    pub reason: String,
}

/// A reading between two visits.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct OdometerForm {
    pub value: String,
    /// Asked for when the value is lower than the last.
    pub odometer_reason: String,
    pub key: String,
}

/// Something has to say which one it is.
fn recognizable(asset: &NewAsset, check: &mut Checker) {
    let (field, told, sentence) = match asset.kind {
        AssetKind::Vehicle => (
            "plate",
            !(asset.plate.is_empty() && asset.vin.is_empty() && asset.make.is_empty()),
            "Enter a plate, a VIN or a make.",
        ),
        AssetKind::Device => (
            "serial",
            !(asset.serial.is_empty() && asset.make.is_empty() && asset.model.is_empty()),
            "Enter a serial number, a make or a model.",
        ),
    };
    if !told {
        check.refuse(field, Problem::other(sentence));
    }
}

fn model_year(raw: &str) -> Result<Option<i32>, Problem> {
    let raw = raw.trim();
    if raw.is_empty() {
        return Ok(None);
    }
    let year: i32 = raw.parse().map_err(|_| Problem::malformed("2019"))?;
    if (1880..=2100).contains(&year) {
        Ok(Some(year))
    } else {
        Err(Problem::OutOfRange("between 1880 and 2100".into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vehicle_needs_something_to_know_it_by() {
        let errors = AssetForm::default().validate(AssetKind::Vehicle);
        assert!(errors.is_err_and(|e| e.at("plate").is_some()));
        let form = AssetForm {
            make: "Fiat".into(),
            serial: "left over".into(),
            ..AssetForm::default()
        };
        assert!(
            form.validate(AssetKind::Vehicle)
                .is_ok_and(|asset| asset.serial.is_empty())
        );
    }
}
