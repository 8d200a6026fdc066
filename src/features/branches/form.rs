//! What the forms hold, and the rules that make a branch of them.
use super::model::{Branch, BranchData, Hours, Week, clock};
use crate::kernel::{Checker, FieldErrors, Problem, text};
use crate::server::contact;
use serde::Deserialize;
use std::collections::HashMap;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct BranchForm {
    pub name: String,
    pub code: String,
    pub address: String,
    pub phone: String,
    pub email: String,
    pub tax_id: String,
    pub time_zone: String,
    pub fiscal_year_start: String,
    /// The price was read: `yes`.
    pub agreed: String,
    /// What the page was rendered for.
    pub version: String,
    /// Answers a double click once.
    pub key: String,
    /// `opens_1`, `closes_1` … of each weekday.
    #[serde(flatten)]
    pub hours: HashMap<String, String>,
}

impl BranchForm {
    /// What is stored, as the form shows it.
    pub fn of(branch: &Branch) -> Self {
        let data = branch.data.clone();
        let mut hours = HashMap::new();
        for (at, day) in branch.week.iter().enumerate() {
            if let Some(day) = day {
                hours.insert(format!("opens_{}", at + 1), clock(day.opens));
                hours.insert(format!("closes_{}", at + 1), clock(day.closes));
            }
        }
        Self {
            name: data.name,
            code: data.code,
            address: data.address,
            phone: data.phone,
            email: data.email,
            tax_id: data.tax_id,
            time_zone: data.time_zone,
            fiscal_year_start: data.fiscal_year_start.to_string(),
            version: branch.version.to_string(),
            hours,
            ..Self::default()
        }
    }

    /// # Errors
    /// Every field's problem at once.
    pub fn validate(&self) -> Result<(BranchData, Week), FieldErrors> {
        let mut check = Checker::new();
        let name = check.check("name", text::required(&self.name, 80));
        let code = check.check("code", code(&self.code));
        let address = check.check("address", text::long(&self.address, 300));
        let phone = check.check("phone", text::phone(&self.phone));
        let email = check.check("email", contact::optional_email(&self.email));
        let tax_id = check.check("tax_id", text::optional(&self.tax_id, 40));
        let zone = self.time_zone.parse::<chrono_tz::Tz>();
        let zone = check.check("time_zone", zone.map_err(|_| Problem::malformed("Europe/Berlin")));
        let month = self.fiscal_year_start.parse().ok();
        let month = month.filter(|month| (1..=12).contains(month));
        let month = check.check("fiscal_year_start", month.ok_or(Problem::Missing));
        let week = self.week(&mut check);
        let data = (|| {
            Some(BranchData {
                name: name?,
                code: code?,
                address: address?,
                phone: phone?,
                email: email?,
                tax_id: tax_id?,
                time_zone: zone?.name().to_owned(),
                fiscal_year_start: month?,
            })
        })();
        check.finish(data.map(|data| (data, week)))
    }

    fn week(&self, check: &mut Checker) -> Week {
        std::array::from_fn(|at| {
            let day = at + 1;
            let (opens, closes) = (
                self.time(&format!("opens_{day}")),
                self.time(&format!("closes_{day}")),
            );
            let field = format!("opens_{day}");
            match (opens, closes) {
                (None, None) => None,
                (Some(Some(opens)), Some(Some(closes))) if opens < closes => Some(Hours { opens, closes }),
                (Some(Some(_)), Some(Some(_))) => {
                    check.refuse(&field, Problem::other("Closing time is before opening time."));
                    None
                }
                _ => {
                    let both = "Enter both times, such as 08:00 and 17:30, or leave both empty when closed.";
                    check.refuse(&field, Problem::other(both));
                    None
                }
            }
        })
    }

    /// `None` is nothing typed, `Some(None)` no time of day.
    fn time(&self, field: &str) -> Option<Option<i32>> {
        let raw = self.hours.get(field).map_or("", |raw| raw.trim());
        (!raw.is_empty()).then(|| {
            let (hours, minutes) = raw.split_once(':')?;
            let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.get(..2)?.parse().ok()?);
            ((0..24).contains(&hours) && (0..60).contains(&minutes)).then_some(hours * 60 + minutes)
        })
    }
}

fn code(raw: &str) -> Result<String, Problem> {
    let code = raw.trim().to_uppercase();
    let fits = code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    match code.len() {
        0 => Err(Problem::Missing),
        1..=6 if fits => Ok(code),
        _ => Err(Problem::other("One to six letters and digits. Example: BER")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> BranchForm {
        BranchForm {
            name: "West".into(),
            code: "wst".into(),
            time_zone: "Europe/Berlin".into(),
            fiscal_year_start: "4".into(),
            ..BranchForm::default()
        }
    }

    #[test]
    fn a_day_is_open_between_two_times_or_closed() {
        let mut form = form();
        form.hours.insert("opens_1".into(), "08:00".into());
        form.hours.insert("closes_1".into(), "17:30".into());
        let (data, week) = form.validate().expect("a branch");
        assert_eq!((data.code.as_str(), data.fiscal_year_start), ("WST", 4));
        let monday = Hours {
            opens: 480,
            closes: 1050,
        };
        assert_eq!((week[0], week[1]), (Some(monday), None));
        for (opens, closes) in [
            ("17:30", "08:00"),
            ("08:00", ""),
            ("25:00", "26:00"),
            ("ä:ä", "9:é"),
        ] {
            form.hours.insert("opens_3".into(), opens.into());
            form.hours.insert("closes_3".into(), closes.into());
            let errors = form.validate().expect_err("no hours");
            assert!(errors.at("opens_3").is_some(), "{opens} {closes}");
        }
    }
}
