//! Money in integer minor units (cents), and the one rounding rule: half away from zero, per line.
use serde::{Deserialize, Serialize};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};

/// An amount in minor units of the organization's currency. No float ever touches it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(transparent))]
pub struct Money(pub i64);

/// A rate in hundredths of a percent: 19 % = 1900.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(transparent))]
pub struct BasisPoints(pub i32);

/// A quantity in thousandths: 1.5 hours = 1500.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(transparent))]
pub struct Quantity(pub i64);

/// `a / b` rounded half away from zero: the one rounding rule. `b` is positive.
fn divide(a: i128, b: i128) -> i64 {
    let away = if a < 0 { -(b / 2) } else { b / 2 };
    // The schema bounds quantity, price and rate far below this limit.
    i64::try_from((a + away) / b).unwrap_or(if a < 0 { i64::MIN } else { i64::MAX })
}

impl Money {
    pub const ZERO: Self = Self(0);

    /// `rate` of this amount.
    pub fn percent(self, rate: BasisPoints) -> Self {
        Self(divide(i128::from(self.0) * i128::from(rate.0), 10_000))
    }

    /// This unit price times a quantity.
    pub fn times(self, quantity: Quantity) -> Self {
        Self(divide(i128::from(self.0) * i128::from(quantity.0), 1_000))
    }

    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Parses what a person types: `1234.5`, `1,234.50`, `1.234,50`, `12`. The last separator followed by one or two digits is decimal.
    pub fn parse(raw: &str, currency: Currency) -> Option<Self> {
        parse_scaled(raw, currency.exponent()).map(Self)
    }
}

impl Quantity {
    pub const ONE: Self = Self(1_000);

    /// Parses `1.5`, `1,25`, `3`: at most three decimals.
    pub fn parse(raw: &str) -> Option<Self> {
        let clean = raw.trim().replace(',', ".");
        scaled(&clean, 3).map(Self)
    }
}

impl BasisPoints {
    /// Parses a percentage with at most two decimals: `19`, `7.5`, `19 %`.
    pub fn parse(raw: &str) -> Option<Self> {
        let clean = raw.trim().trim_end_matches('%').trim().replace(',', ".");
        i32::try_from(scaled(&clean, 2)?).ok().map(Self)
    }
}

fn parse_scaled(raw: &str, exponent: u32) -> Option<i64> {
    let text: String = raw
        .trim()
        .chars()
        .filter(|c| !matches!(c, ' ' | '\u{a0}' | '\''))
        .collect();
    let decimal_at = text.rfind(['.', ',']).filter(|at| {
        let digits = text.len() - at - 1;
        digits <= exponent as usize && exponent > 0 && (digits > 0)
    });
    let plain: String = match decimal_at {
        Some(at) if grouped(&text[..at]) => {
            let whole: String = text[..at].chars().filter(|c| !matches!(c, '.' | ',')).collect();
            format!("{whole}.{}", &text[at + 1..])
        }
        None if grouped(&text) => text.chars().filter(|c| !matches!(c, '.' | ',')).collect(),
        _ => return None,
    };
    scaled(&plain, exponent)
}

/// Whether every separator is followed by exactly three digits, as in `1,234,567`.
fn grouped(text: &str) -> bool {
    text.split(['.', ',']).skip(1).all(|group| group.len() == 3)
}

/// `12.34` with exponent 2 is 1234. Digits only, an optional sign, no more decimals than the exponent has.
fn scaled(text: &str, exponent: u32) -> Option<i64> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || whole.len() > 12 || fraction.len() > exponent as usize {
        return None;
    }
    if !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let padded = format!("{whole}{fraction:0<width$}", width = exponent as usize);
    let value: i64 = padded.parse().ok()?;
    Some(if negative { -value } else { value })
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}
impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}
impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}
impl Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}
impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

/// An ISO 4217 code with its number of decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    pub const EUR: Self = Self(*b"EUR");

    /// Three capital letters; `None` otherwise.
    pub fn parse(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }

    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("EUR")
    }

    /// Decimals of the minor unit: source ISO 4217, the currencies without two.
    pub fn exponent(self) -> u32 {
        match &self.0 {
            b"JPY" | b"KRW" | b"CLP" | b"VND" | b"ISK" | b"UGX" => 0,
            b"KWD" | b"BHD" | b"OMR" | b"TND" | b"JOD" => 3,
            _ => 2,
        }
    }

    fn symbol(&self) -> &str {
        match &self.0 {
            b"EUR" => "€",
            b"USD" | b"CAD" | b"AUD" => "$",
            b"GBP" => "£",
            b"INR" => "₹",
            b"JPY" => "¥",
            _ => self.code(),
        }
    }

    /// `€1,234.50`: how an amount stands on screen and paper.
    pub fn show(self, amount: Money) -> String {
        let sign = if amount.0 < 0 { "−" } else { "" };
        format!(
            "{sign}{}{}",
            self.symbol(),
            self.digits(Money(amount.0.saturating_abs()), true)
        )
    }

    /// `1234.50`: how an amount stands in an input.
    pub fn plain(self, amount: Money) -> String {
        let sign = if amount.0 < 0 { "-" } else { "" };
        format!("{sign}{}", self.digits(Money(amount.0.saturating_abs()), false))
    }

    fn digits(self, amount: Money, group: bool) -> String {
        let exponent = self.exponent();
        let scale = 10i64.pow(exponent);
        let whole = (amount.0 / scale).to_string();
        let mut out = String::new();
        for (i, c) in whole.chars().enumerate() {
            if group && i > 0 && (whole.len() - i).is_multiple_of(3) {
                out.push(',');
            }
            out.push(c);
        }
        if exponent > 0 {
            out.push_str(&format!(
                ".{:0width$}",
                amount.0 % scale,
                width = exponent as usize
            ));
        }
        out
    }
}

impl TryFrom<String> for Currency {
    type Error = &'static str;
    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::parse(&code).ok_or("not a currency code")
    }
}
impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{}.{:03}", self.0 / 1_000, self.0 % 1_000);
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}
impl fmt::Display for BasisPoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{}.{:02}", self.0 / 100, self.0 % 100);
        write!(f, "{} %", text.trim_end_matches('0').trim_end_matches('.'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_cent_rounds_away_from_zero() {
        assert_eq!(Money(50).percent(BasisPoints(100)), Money(1));
        assert_eq!(Money(-50).percent(BasisPoints(100)), Money(-1));
        assert_eq!(Money(49).percent(BasisPoints(100)), Money(0));
        assert_eq!(Money(333).times(Quantity(1_500)), Money(500));
    }

    #[test]
    fn amounts_are_read_as_people_write_them() {
        let cases = [
            ("12", 1200),
            ("12.5", 1250),
            ("1,234.50", 123_450),
            ("1.234,50", 123_450),
            ("1,234", 123_400),
            ("-3.20", -320),
            (" 7 000.00 ", 700_000),
        ];
        for (raw, minor) in cases {
            assert_eq!(Money::parse(raw, Currency::EUR), Some(Money(minor)), "{raw}");
        }
        for raw in [
            "",
            "abc",
            "1.2345",
            "1e5",
            "--1",
            "1,23,4",
            "9999999999999999",
            "NaN",
            ".",
        ] {
            assert_eq!(Money::parse(raw, Currency::EUR), None, "{raw}");
        }
    }

    #[test]
    fn an_amount_reads_well_on_screen_and_back_from_its_input() {
        assert_eq!(Currency::EUR.show(Money(-123_450)), "−€1,234.50");
        assert_eq!(
            Money::parse(&Currency::EUR.plain(Money(-123_450)), Currency::EUR),
            Some(Money(-123_450))
        );
        assert_eq!(Quantity(1_500).to_string(), "1.5");
        assert_eq!(BasisPoints(1_900).to_string(), "19 %");
    }
}
