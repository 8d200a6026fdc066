//! The vehicle's or device's form, and the odometer's.
use crate::form;
use crate::kernel::{AssetKind, Checker, FormContext, Problem, text};

form! {
    /// A vehicle or device as typed.
    pub struct AssetForm shows AssetFields;
    /// A validated asset, about to be written.
    #[derive(Clone, Debug)]
    pub struct NewAsset {
        /// The workshop's, or the asset's own: never what the browser says.
        kind: AssetKind = choice::<AssetKind>("Kind"),
        plate: String = plate("Plate"),
        vin: String = spelled("VIN", 20, text::vin),
        serial: String = line("Serial number or IMEI", 60),
        make: String = line("Make", 60),
        model: String = line("Model", 80),
        model_year: Option<i32> = own("Year", Kind::Number, model_year, |year, _| year.to_string()).most(4).optional(),
        color: String = line("Color", 40),
        engine: String = line("Engine", 80),
        unit_number: String = line("Unit number", 40),
        notes: String = long("Notes", 4000),
    }
    with {
        /// The owner's id.
        customer,
        /// What the page was rendered for: another change meanwhile is shown, not overwritten.
        version,
        /// Answers a double click once.
        key,
    }
    tidied by without_other_kind;
    checked by recognizable;
}

impl AssetForm {
    /// Read as one of this kind, whatever was sent.
    pub(in crate::features) fn of_kind(mut self, kind: AssetKind) -> Self {
        kind.name().clone_into(&mut self.kind);
        self
    }
}

/// Fields that a kind does not have are left empty, whatever was sent.
fn without_other_kind(form: &mut AssetForm) {
    if form.kind == AssetKind::Device.name() {
        for field in [
            &mut form.plate,
            &mut form.vin,
            &mut form.model_year,
            &mut form.engine,
            &mut form.unit_number,
        ] {
            field.clear();
        }
    } else {
        form.serial.clear();
    }
}

/// Something has to say which one it is.
fn recognizable(_: &AssetForm, asset: Option<&mut NewAsset>, check: &mut Checker, _: &FormContext) {
    let Some(asset) = asset else { return };
    let (field, identified, sentence) = match asset.kind {
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
    if !identified {
        check.refuse(field, Problem::other(sentence));
    }
}

fn model_year(raw: &str) -> Result<i32, Problem> {
    let year: i32 = raw.trim().parse().map_err(|_| Problem::malformed("2019"))?;
    if (1880..=2100).contains(&year) {
        Ok(year)
    } else {
        Err(Problem::OutOfRange("between 1880 and 2100".into()))
    }
}

form! {
    /// A reading between two visits, as typed.
    pub(super) struct OdometerForm shows OdometerFields;
    /// A reading between two visits.
    #[derive(Clone, Debug)]
    pub struct Reading {
        value: i32 = odometer("New reading"),
        /// Asked for when the value is lower than the last.
        odometer_reason: String = line("Why is it lower?", 300),
    }
    with {
        key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Form;

    #[test]
    fn a_vehicle_needs_something_to_know_it_by() {
        let vehicle = |form: AssetForm| form.of_kind(AssetKind::Vehicle).parse(&FormContext::PUBLIC);
        let errors = vehicle(AssetForm::default());
        assert!(errors.is_err_and(|e| e.at("plate").is_some()));
        let form = AssetForm {
            make: "Fiat".into(),
            serial: "left over".into(),
            ..AssetForm::default()
        };
        assert!(vehicle(form).is_ok_and(|asset| asset.serial.is_empty()));
    }
}
