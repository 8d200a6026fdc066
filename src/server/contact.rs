//! Telephone numbers and e-mail addresses, as the libraries that know them read them.
use crate::kernel::form::Kind;
use crate::kernel::form::rule::{self, Control};
use crate::kernel::{Locale, Problem, text};
use phonenumber::country;
use phonenumber::metadata::DATABASE;

/// What two spellings of one number have in common: `030 1` in Germany and `+49 30 1` anywhere are `49301`.
/// What is no number of the country keeps its digits.
pub fn phone_norm(raw: &str, locale: Locale) -> String {
    international(raw, locale).unwrap_or_else(|| digits(raw))
}

/// As [`phone_norm`], and as numbers were kept before: by the digits that were typed, with or without the country's code.
pub fn phone_norms(raw: &str, locale: Locale) -> Vec<String> {
    let typed = digits(raw);
    let Some(norm) = international(raw, locale) else {
        return vec![typed];
    };
    let mut all = vec![norm.clone(), typed];
    let own: Option<country::Id> = locale.country().parse().ok();
    if let Some(own) = own.and_then(|own| DATABASE.by_id(own.as_ref()))
        && let Some(national) = norm.strip_prefix(&own.country_code().to_string())
    {
        all.push(format!("{}{national}", own.national_prefix().unwrap_or_default()));
        all.push(national.to_owned());
    }
    all
}

/// Country code and number without leading zeros.
fn international(raw: &str, locale: Locale) -> Option<String> {
    let text = raw.trim();
    // Two zeros lead abroad nearly everywhere, and people write so where they do not.
    let text = match text.strip_prefix("00") {
        Some(rest) if !rest.starts_with('1') => format!("+{rest}"),
        _ => text.to_owned(),
    };
    let number = phonenumber::parse(locale.country().parse().ok(), text).ok()?;
    let code = number.country().code();
    (code > 0).then(|| format!("{code}{}", number.national().value()))
}

fn digits(raw: &str) -> String {
    let digits: String = raw.chars().filter(char::is_ascii_digit).collect();
    digits
        .strip_prefix("00")
        .map_or_else(|| digits.clone(), ToOwned::to_owned)
}

/// An e-mail address that letters can be sent to, as typed; compare by [`text::email_norm`].
///
/// # Errors
/// When it is missing or none.
pub fn email(raw: &str) -> Result<String, Problem> {
    let text = text::required(raw, 254)?;
    let address: Result<lettre::Address, _> = text.parse();
    match address {
        // Nobody's mailbox is at a top-level domain or at a number.
        Ok(address) if address.domain().contains('.') && !address.domain().starts_with('[') => Ok(text),
        _ => Err(Problem::malformed("ana@example.com")),
    }
}

/// As [`email`], but empty is fine.
///
/// # Errors
/// When something else than an address is given.
pub fn optional_email(raw: &str) -> Result<String, Problem> {
    if raw.trim().is_empty() {
        Ok(String::new())
    } else {
        email(raw)
    }
}

/// An e-mail address in a form; nothing typed is no address, unless it is required.
pub fn email_field(label: &'static str) -> Control<String> {
    rule::own(label, Kind::Email, optional_email, |address, _| address.clone()).most(254)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_spellings_of_a_number_are_one_number() {
        for (country, one, other, norm) in [
            ("DE", "030 1", "+49 30 1", "49301"),
            ("DE", "030 1234567", "0049 (30) 123-4567", "49301234567"),
            ("DE", "0171/1234567", "+49 (0)171 1234567", "491711234567"),
            ("US", "(503) 555-0123", "+1 503 555 0123", "15035550123"),
            ("GB", "020 7946 0123", "+44 20 7946 0123", "442079460123"),
            ("IN", "098765 43210", "+91 98765 43210", "919876543210"),
            ("IT", "06 69812345", "+39 06 69812345", "39669812345"),
        ] {
            let locale = Locale::of(country);
            assert_eq!(phone_norm(one, locale), norm, "{one}");
            assert_eq!(phone_norm(other, locale), norm, "{other}");
        }
        assert_eq!(phone_norm("030 1", Locale::NEUTRAL), "0301");
        assert_eq!(phone_norm("", Locale::of("DE")), "");
    }

    #[test]
    fn numbers_that_were_kept_before_are_found() {
        let german = Locale::of("DE");
        for typed in ["030 1234567", "+49 30 1234567", "0049 30 1234567"] {
            let all = phone_norms(typed, german);
            assert!(all.contains(&"0301234567".to_owned()), "{all:?}");
            assert!(all.contains(&"49301234567".to_owned()), "{all:?}");
        }
        let american = phone_norms("+1 503 555 0123", Locale::of("US"));
        assert!(american.contains(&"5035550123".to_owned()), "{american:?}");
    }

    #[test]
    fn addresses_are_plausible_or_refused() {
        for good in ["a@b.co", "ana.ruiz+x@mail.example.com", "jörg@münchen.example"] {
            assert!(email(good).is_ok(), "{good}");
        }
        for bad in [
            "a",
            "a@b",
            "@b.co",
            "a@.co",
            "a b@c.de",
            "a@-b.co",
            "a@b.co, c@d.de",
            "<a@b.co>",
            "a@[1.2.3.4]",
        ] {
            assert!(email(bad).is_err(), "{bad}");
        }
    }
}
