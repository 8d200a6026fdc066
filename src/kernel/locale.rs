//! How a country writes dates, times, numbers, addresses and English. Pages, prints and letters format through this and nothing else.
mod examples;

use super::number::{self, Grouping};
use super::time::Month;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use serde::{Deserialize, Serialize};
use std::fmt::Display;

/// The conventions of one country. The session makes it from its organization's country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locale {
    /// ISO 3166-1.
    country: [u8; 2],
}

impl Default for Locale {
    fn default() -> Self {
        Self::NEUTRAL
    }
}

impl Locale {
    /// Of no country: `30 Nov 2026, 13:40`. Our own letters and console write so, too.
    pub const NEUTRAL: Self = Self { country: *b"  " };

    /// By the code of ISO 3166-1; anything else is neutral.
    pub fn of(country: &str) -> Self {
        country
            .as_bytes()
            .try_into()
            .map_or(Self::NEUTRAL, |country| Self { country })
    }

    /// The code of ISO 3166-1; empty without a country.
    pub fn country(&self) -> &str {
        std::str::from_utf8(&self.country).unwrap_or_default().trim()
    }

    const fn order(self) -> Order {
        match &self.country {
            b"US" => Order::MonthFirst,
            b"CA" | b"HU" | b"JP" | b"LT" | b"SE" => Order::YearFirst,
            _ => Order::DayFirst,
        }
    }

    const fn twelve_hours(self) -> bool {
        matches!(
            &self.country,
            b"AE" | b"AU" | b"CA" | b"CO" | b"IN" | b"NZ" | b"SA" | b"SG" | b"US"
        )
    }

    const fn grouping(self) -> Grouping {
        match &self.country {
            b"IN" => Grouping::Lakhs,
            _ => Grouping::Thousands,
        }
    }

    /// `30 Nov 2026`, `11/30/2026`, `2026-11-30`.
    pub fn day(self, day: NaiveDate) -> String {
        let form = match self.order() {
            Order::DayFirst => "%-d %b %Y",
            Order::MonthFirst => "%-m/%-d/%Y",
            Order::YearFirst => "%Y-%m-%d",
        };
        day.format(form).to_string()
    }

    /// Without the year: `30 Nov`, `Nov 30`.
    pub fn day_of_year(self, day: NaiveDate) -> String {
        let form = match self.order() {
            Order::DayFirst => "%-d %b",
            Order::MonthFirst | Order::YearFirst => "%b %-d",
        };
        day.format(form).to_string()
    }

    /// `30 November 2026`, `November 30, 2026`.
    pub fn long_day(self, day: NaiveDate) -> String {
        let form = match self.order() {
            Order::DayFirst => "%-d %B %Y",
            Order::MonthFirst | Order::YearFirst => "%B %-d, %Y",
        };
        day.format(form).to_string()
    }

    /// `Mon 30 Nov`, `Mon, Nov 30`.
    pub fn weekday_and_day(self, day: NaiveDate) -> String {
        let form = match self.order() {
            Order::DayFirst => "%a %-d %b",
            Order::MonthFirst | Order::YearFirst => "%a, %b %-d",
        };
        day.format(form).to_string()
    }

    /// `Monday, 30 November`, `Monday, November 30`.
    pub fn long_weekday_and_day(self, day: NaiveDate) -> String {
        let form = match self.order() {
            Order::DayFirst => "%A, %-d %B",
            Order::MonthFirst | Order::YearFirst => "%A, %B %-d",
        };
        day.format(form).to_string()
    }

    /// `Monday`.
    pub fn weekday(self, day: NaiveDate) -> String {
        day.format("%A").to_string()
    }

    /// `November 2026`.
    pub fn month(self, month: Month) -> String {
        month.first().format("%B %Y").to_string()
    }

    /// `Nov 2026`.
    pub fn short_month(self, month: Month) -> String {
        month.first().format("%b %Y").to_string()
    }

    /// `Nov`.
    pub fn month_of_year(self, month: Month) -> String {
        month.first().format("%b").to_string()
    }

    /// `13:40`, `1:40 PM`.
    pub fn time(self, time: NaiveTime) -> String {
        let form = if self.twelve_hours() { "%-I:%M %p" } else { "%H:%M" };
        time.format(form).to_string()
    }

    /// The day where it happened.
    pub fn day_at<Zone: TimeZone>(self, at: DateTime<Utc>, zone: &Zone) -> String {
        self.day(at.with_timezone(zone).date_naive())
    }

    /// The time of day where it happened.
    pub fn time_at<Zone: TimeZone>(self, at: DateTime<Utc>, zone: &Zone) -> String {
        self.time(at.with_timezone(zone).time())
    }

    /// `30 Nov 2026, 13:40`, `11/30/2026, 1:40 PM`, where it happened.
    pub fn moment<Zone: TimeZone>(self, at: DateTime<Utc>, zone: &Zone) -> String {
        format!("{}, {}", self.day_at(at, zone), self.time_at(at, zone))
    }

    /// `30 November 2026, 13:40 UTC`: in letters to people of whom no place is known.
    pub fn utc(at: DateTime<Utc>) -> String {
        let neutral = Self::NEUTRAL;
        format!(
            "{}, {} UTC",
            neutral.long_day(at.date_naive()),
            neutral.time(at.time())
        )
    }

    /// `Today, 17:30`, `Mon 30 Nov, 17:30`; with the year when it is not this one.
    pub fn near<Zone: TimeZone>(self, at: DateTime<Utc>, now: DateTime<Utc>, zone: &Zone) -> String {
        use chrono::Datelike;
        let day = at.with_timezone(zone).date_naive();
        let today = now.with_timezone(zone).date_naive();
        let day_text = if day == today {
            "Today".to_owned()
        } else if Some(day) == today.succ_opt() {
            "Tomorrow".to_owned()
        } else if day.year() == today.year() {
            self.weekday_and_day(day)
        } else {
            self.day(day)
        };
        format!("{day_text}, {}", self.time_at(at, zone))
    }

    /// `84,250`, `84,250` or `1,84,250`: a whole number.
    pub fn count(self, number: i64) -> String {
        number::show(number, 0, self.grouping())
    }

    /// `84,250 km`.
    pub fn reading(self, value: i32, unit: impl Display) -> String {
        format!("{} {unit}", self.count(i64::from(value)))
    }

    /// Whether the postal code stands before the town.
    pub const fn postal_code_first(self) -> bool {
        !matches!(
            &self.country,
            b"AE"
                | b"AU"
                | b"CA"
                | b"CO"
                | b"GB"
                | b"IE"
                | b"IN"
                | b"NG"
                | b"NZ"
                | b"PE"
                | b"SA"
                | b"SG"
                | b"US"
                | b"ZA"
        )
    }

    /// Postal code and town as they stand in one line of an address: `10115 Berlin`, `Portland, OR 97201`.
    pub fn town(self, postal_code: &str, city: &str) -> String {
        let line = if self.postal_code_first() {
            format!("{postal_code} {city}")
        } else {
            format!("{city} {postal_code}")
        };
        line.trim().to_owned()
    }

    /// Street and town in one line.
    pub fn address(self, street: &str, postal_code: &str, city: &str) -> String {
        let town = self.town(postal_code, city);
        let lines = [street, &town];
        let filled: Vec<&str> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        filled.join(", ")
    }

    /// What the postal code is called.
    pub const fn postal_code_label(self) -> &'static str {
        match &self.country {
            b"US" => "ZIP code",
            b"IN" => "PIN code",
            b"IE" => "Eircode",
            b"AU" | b"GB" | b"NZ" | b"ZA" => "Postcode",
            _ => "Postal code",
        }
    }

    /// A word as the country says and spells it, asked for by the one that stands first in [`WORDS`].
    pub fn word(self, word: &'static str) -> &'static str {
        let found = WORDS.iter().find(|(asked, ..)| *asked == word);
        found.map_or(word, |(american, canadian, british)| match &self.country {
            b"AR" | b"CL" | b"CO" | b"JP" | b"MX" | b"PE" | b"SA" | b"US" => american,
            b"CA" => canadian,
            _ => british,
        })
    }

    /// What a total without tax is called.
    pub const fn net(self) -> &'static str {
        match &self.country {
            b"CA" | b"US" => "Subtotal",
            _ => "Net",
        }
    }

    /// What a line costs without tax.
    pub const fn line_net(self) -> &'static str {
        match &self.country {
            b"CA" | b"US" => "Amount",
            _ => "Net",
        }
    }

    /// What the tax of a sale is called where all of its rates have one name.
    pub const fn tax(self) -> &'static str {
        match &self.country {
            b"US" => "Sales tax",
            _ => "Tax",
        }
    }

    /// What the day of a delivery is called on an invoice.
    pub const fn supply_date(self) -> &'static str {
        match &self.country {
            b"CA" | b"US" => "Date of service",
            _ => "Date of supply",
        }
    }
}

#[expect(
    clippy::enum_variant_names,
    reason = "what stands first is what there is to say"
)]
enum Order {
    DayFirst,
    MonthFirst,
    YearFirst,
}

/// American, Canadian and British.
const WORDS: [(&str, &str, &str); 11] = [
    ("Check", "Cheque", "Cheque"),
    ("Color", "Colour", "Colour"),
    ("color", "colour", "colour"),
    ("Driver's license", "Driver's licence", "Driving licence"),
    ("Kilometers", "Kilometres", "Kilometres"),
    ("Labor", "Labour", "Labour"),
    ("labor", "labour", "labour"),
    ("License", "Licence", "Licence"),
    ("Tire", "Tire", "Tyre"),
    ("Tires", "Tires", "Tyres"),
    ("tires", "tires", "tyres"),
];

#[cfg(test)]
mod tests;
