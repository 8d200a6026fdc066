//! A branch, its hours and its numbers.
use super::form::BranchData;
use crate::kernel::BranchId;
use crate::kernel::form::FieldKey;
use std::fmt;
use std::str::FromStr;

/// What a month costs with one branch, and each further one, in US dollars.
pub const FIRST_BRANCH_USD: u32 = 29;
pub const FURTHER_BRANCH_USD: u32 = 10;

/// What a month costs with so many branches, in US dollars.
pub const fn monthly_usd(branches: u32) -> u32 {
    FIRST_BRANCH_USD + FURTHER_BRANCH_USD * branches.saturating_sub(1)
}

const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// A day of the week, 1 is Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weekday(u8);

impl Weekday {
    /// From Monday on.
    pub const fn all() -> [Self; 7] {
        [Self(1), Self(2), Self(3), Self(4), Self(5), Self(6), Self(7)]
    }
}

impl fmt::Display for Weekday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Weekday {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::all()
            .into_iter()
            .find(|day| day.to_string() == text)
            .ok_or(())
    }
}

impl FieldKey for Weekday {
    /// `Monday from`
    fn label(&self, declared: &str) -> String {
        let name = WEEKDAYS.get(usize::from(self.0) - 1).copied().unwrap_or_default();
        format!("{name} {declared}")
    }
}

/// Opening and closing, in minutes of the branch's own day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    pub opens: i32,
    pub closes: i32,
}

/// A week from Monday on; `None` is closed.
pub type Week = [Option<Hours>; 7];

/// `08:30` of 510 minutes.
pub fn clock(minutes: i32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// A series of numbers as far as it went.
#[derive(Clone, Debug)]
pub struct Series {
    /// `invoice`.
    pub series: String,
    /// 0 where the numbers go on over the years.
    pub fiscal_year: i32,
    pub last_number: i64,
}

impl Series {
    pub fn label(&self) -> &'static str {
        match self.series.as_str() {
            "invoice" => "Invoices",
            "credit_note" => "Credit notes",
            _ => "Work orders",
        }
    }
}

/// A branch as its page shows it.
#[derive(Clone, Debug)]
pub struct Branch {
    pub id: BranchId,
    pub data: BranchData,
    pub series: Vec<Series>,
    pub version: i32,
}

impl Branch {
    /// Documents carry the code for good.
    pub fn code_stands(&self) -> bool {
        !self.series.is_empty()
    }
    /// Documents are numbered by fiscal year.
    pub fn year_stands(&self) -> bool {
        self.series.iter().any(|series| series.series != "work_order")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_costs_what_the_price_list_says() {
        assert_eq!([1, 2, 3].map(monthly_usd), [29, 39, 49]);
    }
}
