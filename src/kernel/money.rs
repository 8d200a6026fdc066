//! Money in integer minor units (cents), and the one rounding rule: half away from zero, per line.
use super::form::Problem;
use super::number::{self, Grouping, Wanted};
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

    /// What a person types, also with the currency's sign or code: `1234.5`, `1,234.50`, `1.234,50`, `€12`.
    ///
    /// # Errors
    /// See [`number::parse`].
    pub fn parse(raw: &str, currency: Currency) -> Result<Self, Problem> {
        let wanted = Wanted {
            decimals: currency.exponent(),
            grouping: currency.grouping(),
            example: match currency.exponent() {
                0 => "120",
                2 => "120.00",
                _ => "120.000",
            },
        };
        number::parse(&currency.bare(raw), wanted).map(Self)
    }
}

impl Quantity {
    pub const ONE: Self = Self(1_000);

    /// `1.5`, `1,25`, `3`: at most three decimals.
    ///
    /// # Errors
    /// See [`number::parse`].
    pub fn parse(raw: &str) -> Result<Self, Problem> {
        let wanted = Wanted {
            decimals: 3,
            grouping: Grouping::Thousands,
            example: "1.5",
        };
        number::parse(raw, wanted).map(Self)
    }
}

impl BasisPoints {
    /// A percentage with at most two decimals: `19`, `7.5`, `19 %`.
    ///
    /// # Errors
    /// See [`number::parse`].
    pub fn parse(raw: &str) -> Result<Self, Problem> {
        let wanted = Wanted {
            decimals: 2,
            grouping: Grouping::Thousands,
            example: "19 or 7.5",
        };
        let rate = number::parse(raw.trim().trim_end_matches('%'), wanted)?;
        i32::try_from(rate)
            .map(Self)
            .map_err(|_| Problem::OutOfRange("a smaller number".into()))
    }
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

/// ISO 4217 without funds, metals and what was replaced. A test compares it with the published list.
const CODES: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP \
    CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR \
    IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU \
    MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG \
    SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VND VUV WST \
    XAD XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

impl Currency {
    pub const EUR: Self = Self(*b"EUR");

    /// A currency of ISO 4217 that amounts are counted in; `None` otherwise.
    pub fn parse(code: &str) -> Option<Self> {
        let known = CODES.split(' ').any(|known| known == code);
        Self::stored(code).filter(|_| known)
    }

    /// A code that was accepted once: it is believed, because its amounts are there.
    pub fn stored(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }

    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("EUR")
    }

    /// Decimals of the minor unit.
    pub fn exponent(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF"
            | b"UGX" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }

    /// How its amounts are grouped.
    pub fn grouping(self) -> Grouping {
        match &self.0 {
            b"BDT" | b"BTN" | b"INR" | b"NPR" | b"PKR" => Grouping::Lakhs,
            _ => Grouping::Thousands,
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

    /// The amount without this currency's sign or code around it.
    fn bare(&self, raw: &str) -> String {
        let text = raw.trim();
        let (sign, text) = match text.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => ("-", rest.trim()),
            None => ("", text),
        };
        let bare = [self.symbol(), self.code()]
            .into_iter()
            .find_map(|word| text.strip_prefix(word).or_else(|| text.strip_suffix(word)));
        format!("{sign}{}", bare.unwrap_or(text).trim())
    }

    /// `€1,234.50`: how an amount stands on screen and paper.
    pub fn show(self, amount: Money) -> String {
        let sign = if amount.0 < 0 { "−" } else { "" };
        let size = amount.0.saturating_abs();
        format!(
            "{sign}{}{}",
            self.symbol(),
            number::show(size, self.exponent(), self.grouping())
        )
    }

    /// `1234.50`: how an amount stands in an input.
    pub fn plain(self, amount: Money) -> String {
        number::plain(amount.0, self.exponent())
    }
}

impl TryFrom<String> for Currency {
    type Error = &'static str;
    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::stored(&code).ok_or("not a currency code")
    }
}
impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&number::short(self.0, 3))
    }
}
impl fmt::Display for BasisPoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", number::short(i64::from(self.0), 2))
    }
}

#[cfg(test)]
mod tests;
