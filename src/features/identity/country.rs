//! What a country usually means for a workshop: currency, time zone, distance and tax. Everything can be said otherwise.

/// A country of the sign-up form.
#[derive(Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1.
    pub code: &'static str,
    pub name: &'static str,
    pub currency: &'static str,
    pub time_zone: &'static str,
    /// What its sales tax is called, and its rates in basis points, the usual one first (standard rates of 2026).
    pub tax: &'static str,
    pub rates: &'static [i32],
}

impl Country {
    pub fn find(code: &str) -> Option<&'static Self> {
        COUNTRIES.iter().find(|country| country.code == code)
    }

    pub fn distance_unit(&self) -> &'static str {
        if matches!(self.code, "GB" | "US") {
            "mi"
        } else {
            "km"
        }
    }

    /// Its time zones, the usual one first.
    pub fn time_zones(&self) -> Vec<&'static str> {
        let several = ZONES.iter().find(|(code, _)| *code == self.code);
        several.map_or_else(|| vec![self.time_zone], |(_, zones)| zones.to_vec())
    }

    /// The rates by name, the usual one first.
    pub fn taxes(&self) -> Vec<(String, i32)> {
        let reduced = format!("{} reduced", self.tax);
        let names = [self.tax, reduced.as_str()];
        names
            .into_iter()
            .zip(self.rates)
            .map(|(name, rate)| (name.to_owned(), *rate))
            .collect()
    }
}

const fn country(
    code: &'static str,
    name: &'static str,
    currency: &'static str,
    time_zone: &'static str,
    tax: &'static str,
    rates: &'static [i32],
) -> Country {
    Country {
        code,
        name,
        currency,
        time_zone,
        tax,
        rates,
    }
}

/// By name.
pub(super) const COUNTRIES: &[Country] = &[
    country(
        "AR",
        "Argentina",
        "ARS",
        "America/Argentina/Buenos_Aires",
        "IVA",
        &[2100, 1050],
    ),
    country("AU", "Australia", "AUD", "Australia/Sydney", "GST", &[1000]),
    country("AT", "Austria", "EUR", "Europe/Vienna", "VAT", &[2000, 1000]),
    country("BE", "Belgium", "EUR", "Europe/Brussels", "VAT", &[2100, 600]),
    country("BG", "Bulgaria", "EUR", "Europe/Sofia", "VAT", &[2000, 900]),
    country("CA", "Canada", "CAD", "America/Toronto", "GST", &[500]),
    country("CL", "Chile", "CLP", "America/Santiago", "IVA", &[1900]),
    country("CO", "Colombia", "COP", "America/Bogota", "IVA", &[1900, 500]),
    country("HR", "Croatia", "EUR", "Europe/Zagreb", "VAT", &[2500, 1300]),
    country("CY", "Cyprus", "EUR", "Asia/Nicosia", "VAT", &[1900, 900]),
    country("CZ", "Czechia", "CZK", "Europe/Prague", "VAT", &[2100, 1200]),
    country("DK", "Denmark", "DKK", "Europe/Copenhagen", "VAT", &[2500]),
    country("EE", "Estonia", "EUR", "Europe/Tallinn", "VAT", &[2400, 1300]),
    country("FI", "Finland", "EUR", "Europe/Helsinki", "VAT", &[2550, 1350]),
    country("FR", "France", "EUR", "Europe/Paris", "VAT", &[2000, 1000]),
    country("DE", "Germany", "EUR", "Europe/Berlin", "VAT", &[1900, 700]),
    country("GR", "Greece", "EUR", "Europe/Athens", "VAT", &[2400, 1300]),
    country("HU", "Hungary", "HUF", "Europe/Budapest", "VAT", &[2700, 1800]),
    country("IN", "India", "INR", "Asia/Kolkata", "GST", &[1800, 500]),
    country("IE", "Ireland", "EUR", "Europe/Dublin", "VAT", &[2300, 1350]),
    country("IT", "Italy", "EUR", "Europe/Rome", "VAT", &[2200, 1000]),
    country(
        "JP",
        "Japan",
        "JPY",
        "Asia/Tokyo",
        "Consumption tax",
        &[1000, 800],
    ),
    country("KE", "Kenya", "KES", "Africa/Nairobi", "VAT", &[1600]),
    country("LV", "Latvia", "EUR", "Europe/Riga", "VAT", &[2100, 1200]),
    country("LT", "Lithuania", "EUR", "Europe/Vilnius", "VAT", &[2100, 1200]),
    country(
        "LU",
        "Luxembourg",
        "EUR",
        "Europe/Luxembourg",
        "VAT",
        &[1700, 800],
    ),
    country("MT", "Malta", "EUR", "Europe/Malta", "VAT", &[1800, 700]),
    country("MX", "Mexico", "MXN", "America/Mexico_City", "IVA", &[1600]),
    country(
        "NL",
        "Netherlands",
        "EUR",
        "Europe/Amsterdam",
        "VAT",
        &[2100, 900],
    ),
    country("NZ", "New Zealand", "NZD", "Pacific/Auckland", "GST", &[1500]),
    country("NG", "Nigeria", "NGN", "Africa/Lagos", "VAT", &[750]),
    country("NO", "Norway", "NOK", "Europe/Oslo", "VAT", &[2500, 1500]),
    country("PE", "Peru", "PEN", "America/Lima", "IGV", &[1800]),
    country("PL", "Poland", "PLN", "Europe/Warsaw", "VAT", &[2300, 800]),
    country("PT", "Portugal", "EUR", "Europe/Lisbon", "VAT", &[2300, 1300]),
    country("RO", "Romania", "RON", "Europe/Bucharest", "VAT", &[2100, 1100]),
    country("SA", "Saudi Arabia", "SAR", "Asia/Riyadh", "VAT", &[1500]),
    country("SG", "Singapore", "SGD", "Asia/Singapore", "GST", &[900]),
    country("SK", "Slovakia", "EUR", "Europe/Bratislava", "VAT", &[2300, 1900]),
    country("SI", "Slovenia", "EUR", "Europe/Ljubljana", "VAT", &[2200, 950]),
    country("ZA", "South Africa", "ZAR", "Africa/Johannesburg", "VAT", &[1500]),
    country("ES", "Spain", "EUR", "Europe/Madrid", "VAT", &[2100, 1000]),
    country("SE", "Sweden", "SEK", "Europe/Stockholm", "VAT", &[2500, 1200]),
    country("CH", "Switzerland", "CHF", "Europe/Zurich", "VAT", &[810, 260]),
    country("TR", "Türkiye", "TRY", "Europe/Istanbul", "VAT", &[2000, 1000]),
    country("AE", "United Arab Emirates", "AED", "Asia/Dubai", "VAT", &[500]),
    country(
        "GB",
        "United Kingdom",
        "GBP",
        "Europe/London",
        "VAT",
        &[2000, 500],
    ),
    country(
        "US",
        "United States",
        "USD",
        "America/New_York",
        "Sales tax",
        &[0],
    ),
];

/// The zones of countries that have several, the usual one first.
const ZONES: &[(&str, &[&str])] = &[
    (
        "AU",
        &[
            "Australia/Sydney",
            "Australia/Adelaide",
            "Australia/Brisbane",
            "Australia/Broken_Hill",
            "Australia/Darwin",
            "Australia/Hobart",
            "Australia/Melbourne",
            "Australia/Perth",
        ],
    ),
    (
        "CA",
        &[
            "America/Toronto",
            "America/Edmonton",
            "America/Halifax",
            "America/Moncton",
            "America/Regina",
            "America/St_Johns",
            "America/Vancouver",
            "America/Whitehorse",
            "America/Winnipeg",
        ],
    ),
    ("ES", &["Europe/Madrid", "Atlantic/Canary"]),
    (
        "MX",
        &[
            "America/Mexico_City",
            "America/Cancun",
            "America/Ciudad_Juarez",
            "America/Hermosillo",
            "America/Mazatlan",
            "America/Monterrey",
            "America/Tijuana",
        ],
    ),
    ("PT", &["Europe/Lisbon", "Atlantic/Azores", "Atlantic/Madeira"]),
    (
        "US",
        &[
            "America/New_York",
            "America/Adak",
            "America/Anchorage",
            "America/Boise",
            "America/Chicago",
            "America/Denver",
            "America/Detroit",
            "America/Indiana/Indianapolis",
            "America/Kentucky/Louisville",
            "America/Los_Angeles",
            "America/Phoenix",
            "Pacific/Honolulu",
        ],
    ),
];

/// Every zone of the form, by name.
pub fn time_zones() -> Vec<&'static str> {
    let mut zones: Vec<_> = COUNTRIES.iter().flat_map(Country::time_zones).collect();
    zones.sort_unstable();
    zones.dedup();
    zones
}

/// Code and name of every country that we know, by name.
pub fn countries() -> impl Iterator<Item = (&'static str, &'static str)> {
    COUNTRIES.iter().map(|country| (country.code, country.name))
}

pub fn is_country(code: &str) -> bool {
    Country::find(code).is_some()
}

/// The currencies of all countries, by code.
pub fn currencies() -> Vec<&'static str> {
    let mut codes: Vec<_> = COUNTRIES.iter().map(|country| country.currency).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_has_an_example_of_its_telephone_numbers_and_plates() {
        for (code, name) in countries() {
            let locale = crate::kernel::Locale::of(code);
            let number = phonenumber::parse(code.parse().ok(), locale.phone_example());
            let valid = number.is_ok_and(|number| number.is_valid());
            assert!(valid, "{name}: {}", locale.phone_example());
            let other = locale.plate_example() != "B-AB 1234";
            assert!(other || code == "DE", "{name}");
        }
    }
    use crate::kernel::Currency;

    #[test]
    fn every_country_is_complete_and_found_once() {
        for country in COUNTRIES {
            assert!(Currency::parse(country.currency).is_some(), "{}", country.name);
            assert!(
                !country.rates.is_empty() && country.rates.len() <= 2,
                "{}",
                country.name
            );
            assert_eq!(Country::find(country.code).map(|c| c.name), Some(country.name));
        }
        assert!(COUNTRIES.is_sorted_by_key(|country| country.name));
    }

    #[test]
    fn the_usual_zone_comes_first() {
        for country in COUNTRIES {
            assert_eq!(
                country.time_zones().first(),
                Some(&country.time_zone),
                "{}",
                country.name
            );
        }
        for (code, zones) in ZONES {
            assert!(Country::find(code).is_some() && zones.len() > 1, "{code}");
        }
    }

    #[test]
    fn every_time_zone_exists() {
        for zone in time_zones() {
            assert!(zone.parse::<chrono_tz::Tz>().is_ok(), "{zone}");
        }
    }
}
