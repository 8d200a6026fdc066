//! What the forms hold, and the rules that make a branch of them.
use super::model::{Hours, Week, Weekday, clock};
use crate::features::identity;
use crate::form;
use crate::kernel::{Checker, Form, FormContext, Problem};
use crate::server::contact::email_field;

form! {
    /// A branch as typed.
    pub(super) struct BranchForm shows BranchFields;
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
        /// Where it is another one than the organization's.
        country: String = own("Country", Kind::Choice, country, |code, _| code.clone()),
        time_zone: String = own("Time zone", Kind::Choice, time_zone, |zone, _| zone.clone()).required(),
        /// The month in which its fiscal year begins.
        fiscal_year_start: i32 = own("Fiscal year starts in", Kind::Choice, month, |month, _| month.to_string())
            .required()
            .asks("Choose a month."),
    }
    with {
        /// What the page was rendered for.
        version,
        /// Answers a double click once.
        key,
    }
    parts { week: WeekForm }
}

form! {
    /// Another branch, as typed.
    pub(super) struct OpeningForm shows OpeningFields;
    /// Another branch, whose price was read.
    #[derive(Clone, Debug)]
    pub(super) struct Opening {
        agreed: bool = own("I agree to the price", Kind::Tick, agreed, |yes, _| if *yes { "yes" } else { "" }.to_owned()).required(),
    }
    parts { branch: BranchForm }
}

fn agreed(raw: &str) -> Result<bool, Problem> {
    if raw == "yes" {
        Ok(true)
    } else {
        Err(Problem::other("Please confirm the price first."))
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

fn country(raw: &str) -> Result<String, Problem> {
    if raw.is_empty() || identity::is_country(raw) {
        Ok(raw.to_owned())
    } else {
        Err(Problem::Missing)
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

form! {
    /// When it is open, as typed: `opens_1`, `closes_1` … of each weekday.
    pub struct WeekForm shows WeekFields;
    /// When it is open; a day without times is closed.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct WeekHours {}
    each {
        opens "opens_" by Weekday: i32 = own("from", Kind::Time, time_of_day, |minutes, _| clock(*minutes)),
        closes "closes_" by Weekday: i32 = own("to", Kind::Time, time_of_day, |minutes, _| clock(*minutes)),
    }
    checked by open_or_closed;
}

/// What a day lacks that is neither open nor closed.
const BOTH: &str = "Enter both times, such as 08:00 and 17:30, or leave both empty when closed.";

/// Minutes since midnight.
fn time_of_day(raw: &str) -> Result<i32, Problem> {
    let minutes = raw.trim().split_once(':').and_then(|(hours, minutes)| {
        let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.get(..2)?.parse().ok()?);
        ((0..24).contains(&hours) && (0..60).contains(&minutes)).then_some(hours * 60 + minutes)
    });
    minutes.ok_or_else(|| Problem::other(BOTH))
}

fn open_or_closed(_: &WeekForm, week: Option<&mut WeekHours>, check: &mut Checker, _: &FormContext) {
    let Some(week) = week else { return };
    for day in Weekday::all() {
        let problem = match week.on(day) {
            (None, None) => continue,
            (Some(opens), Some(closes)) if opens < closes => continue,
            (Some(_), Some(_)) => "Closing time is before opening time.",
            _ => BOTH,
        };
        check.refuse(&format!("opens_{day}"), Problem::other(problem));
    }
}

impl WeekForm {
    /// Monday to Friday, as most are open.
    pub fn usual() -> Self {
        let usual = Hours {
            opens: 480,
            closes: 1020,
        };
        let week = std::array::from_fn(|at| (at < 5).then_some(usual));
        Self::of(&WeekHours::from(&week), &FormContext::PUBLIC)
    }
}

impl WeekHours {
    fn on(&self, day: Weekday) -> (Option<i32>, Option<i32>) {
        let time = |times: &[(Weekday, i32)]| times.iter().find(|(of, _)| *of == day).map(|(_, time)| *time);
        (time(&self.opens), time(&self.closes))
    }
    /// Day by day.
    pub fn days(&self) -> Week {
        Weekday::all().map(|day| match self.on(day) {
            (Some(opens), Some(closes)) => Some(Hours { opens, closes }),
            _ => None,
        })
    }
}

impl From<&Week> for WeekHours {
    fn from(week: &Week) -> Self {
        let open = Weekday::all().into_iter().zip(week);
        let open: Vec<_> = open.filter_map(|(day, hours)| Some((day, (*hours)?))).collect();
        Self {
            opens: open.iter().map(|(day, hours)| (*day, hours.opens)).collect(),
            closes: open.iter().map(|(day, hours)| (*day, hours.closes)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::form::Named;

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
        let set = |form: &mut BranchForm, day: &str, opens: &str, closes: &str| {
            form.week.opens = Named::of("opens_", [(day, vec![opens.to_owned()])]);
            form.week.closes = Named::of("closes_", [(day, vec![closes.to_owned()])]);
        };
        set(&mut form, "1", "08:00", "17:30");
        let data = form.parse(&FormContext::PUBLIC).expect("a branch");
        assert_eq!((data.code.as_str(), data.fiscal_year_start), ("WST", 4));
        let monday = Hours {
            opens: 480,
            closes: 1050,
        };
        assert_eq!(data.week.days()[..2], [Some(monday), None]);
        for (opens, closes) in [
            ("17:30", "08:00"),
            ("08:00", ""),
            ("25:00", "26:00"),
            ("ä:ä", "9:é"),
        ] {
            set(&mut form, "3", opens, closes);
            let errors = form.parse(&FormContext::PUBLIC).expect_err("no hours");
            assert!(errors.at("opens_3").is_some(), "{opens} {closes}");
        }
    }
}
