//! What the forms hold, and the rules that make a branch of them.
use super::model::{Hours, WEEKDAYS, Week, clock};
use crate::form;
use crate::kernel::form::{FieldSet, FieldView, Kind, Spec};
use crate::kernel::{Checker, FieldErrors, Form, FormContext, Model, Problem};
use crate::server::contact::email_field;
use serde::Deserialize;
use std::collections::HashMap;

form! {
    /// A branch as typed.
    pub struct BranchForm shows BranchFields;
    /// What can be said of a branch.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct BranchData {
        name: String = line("Name", 80).required().asks("Enter a name."),
        /// Before its numbers: `NW-17`.
        code: String = spelled("Code", 6, code).required().asks("Enter a code."),
        address: String = long("Address", 300),
        phone: String = phone("Phone"),
        email: String = email_field("E-mail"),
        tax_id: String = line("Tax number", 40),
        time_zone: String = own("Time zone", Kind::Choice, time_zone, |zone, _| zone.clone()).required(),
        /// The month in which its fiscal year begins.
        fiscal_year_start: i32 = own("Fiscal year starts in", Kind::Choice, month, |month, _| month.to_string())
            .required()
            .asks("Choose a month."),
    }
    with {
        /// The price was read: `yes`.
        agreed,
        /// What the page was rendered for.
        version,
        /// Answers a double click once.
        key,
    }
    parts { week: WeekForm }
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

fn time_zone(raw: &str) -> Result<String, Problem> {
    let zone = raw.parse::<chrono_tz::Tz>();
    zone.map(|zone| zone.name().to_owned())
        .map_err(|_| Problem::malformed("Europe/Berlin"))
}

fn month(raw: &str) -> Result<i32, Problem> {
    let month = raw.parse().ok();
    month
        .filter(|month| (1..=12).contains(month))
        .ok_or(Problem::Missing)
}

/// `opens_1`, `closes_1` … of each weekday.
#[derive(Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct WeekForm(HashMap<String, String>);

/// From and to, of each weekday.
#[derive(Clone, Debug)]
pub struct WeekFields(pub Vec<[FieldView; 2]>);

impl WeekForm {
    /// Monday to Friday, as most are open.
    pub fn usual() -> Self {
        let usual = Hours {
            opens: 480,
            closes: 1020,
        };
        Self::with(&std::array::from_fn(|at| (at < 5).then_some(usual)))
    }

    fn with(week: &Week) -> Self {
        let mut hours = HashMap::new();
        for (at, day) in week.iter().enumerate() {
            if let Some(day) = day {
                hours.insert(format!("opens_{}", at + 1), clock(day.opens));
                hours.insert(format!("closes_{}", at + 1), clock(day.closes));
            }
        }
        Self(hours)
    }

    fn typed(&self, field: &str) -> &str {
        self.0.get(field).map_or("", |raw| raw.trim())
    }

    /// `None` is nothing typed, `Some(None)` no time of day.
    fn time(&self, field: &str) -> Option<Option<i32>> {
        let raw = self.typed(field);
        (!raw.is_empty()).then(|| {
            let (hours, minutes) = raw.split_once(':')?;
            let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.get(..2)?.parse().ok()?);
            ((0..24).contains(&hours) && (0..60).contains(&minutes)).then_some(hours * 60 + minutes)
        })
    }

    fn day(&self, at: usize) -> Result<Option<Hours>, Problem> {
        let (opens, closes) = (format!("opens_{}", at + 1), format!("closes_{}", at + 1));
        match (self.time(&opens), self.time(&closes)) {
            (None, None) => Ok(None),
            (Some(Some(opens)), Some(Some(closes))) if opens < closes => Ok(Some(Hours { opens, closes })),
            (Some(Some(_)), Some(Some(_))) => Err(Problem::other("Closing time is before opening time.")),
            _ => Err(Problem::other(
                "Enter both times, such as 08:00 and 17:30, or leave both empty when closed.",
            )),
        }
    }
}

impl Form for WeekForm {
    type Model = Week;
    type Fields = WeekFields;

    fn parse(&self, _: &FormContext) -> Result<Week, FieldErrors> {
        let mut check = Checker::new();
        let week =
            std::array::from_fn(|at| check.check(&format!("opens_{}", at + 1), self.day(at)).flatten());
        check.finish(Some(week))
    }
    fn of(week: &Week, _: &FormContext) -> Self {
        Self::with(week)
    }
    fn fields(&self, errors: &FieldErrors) -> WeekFields {
        let field = |name: String, label: String| {
            let (value, error) = (self.typed(&name).to_owned(), errors.at(&name));
            let spec = Spec {
                kind: Kind::Time,
                ..Spec::default()
            };
            FieldView::new(&name, spec, vec![value], error).label(label)
        };
        let days = (1..).zip(WEEKDAYS).map(|(number, day)| {
            [
                field(format!("opens_{number}"), format!("{day} from")),
                field(format!("closes_{number}"), format!("{day} to")),
            ]
        });
        WeekFields(days.collect())
    }
    fn set(&mut self, _: &str, _: &str) {}
}

impl FieldSet for WeekFields {
    fn all(&self) -> Vec<&FieldView> {
        self.0.iter().flatten().collect()
    }
}

impl Model for Week {
    fn differences(&self, other: &Self, _: &FormContext) -> Vec<(&'static str, String)> {
        let days = WEEKDAYS.into_iter().zip(self.iter().zip(other));
        days.filter(|(_, (ours, theirs))| ours != theirs)
            .map(|(day, (_, theirs))| (day, Hours::words(theirs.as_ref())))
            .collect()
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
        let set = |form: &mut BranchForm, name: &str, value: &str| {
            form.week.0.insert(name.into(), value.into());
        };
        set(&mut form, "opens_1", "08:00");
        set(&mut form, "closes_1", "17:30");
        let data = form.parse(&FormContext::PUBLIC).expect("a branch");
        assert_eq!((data.code.as_str(), data.fiscal_year_start), ("WST", 4));
        let monday = Hours {
            opens: 480,
            closes: 1050,
        };
        assert_eq!((data.week[0], data.week[1]), (Some(monday), None));
        for (opens, closes) in [
            ("17:30", "08:00"),
            ("08:00", ""),
            ("25:00", "26:00"),
            ("ä:ä", "9:é"),
        ] {
            set(&mut form, "opens_3", opens);
            set(&mut form, "closes_3", closes);
            let errors = form.parse(&FormContext::PUBLIC).expect_err("no hours");
            assert!(errors.at("opens_3").is_some(), "{opens} {closes}");
        }
    }
}
