//! How number plates and telephone numbers of a country are written.
use super::Locale;

impl Locale {
    /// A telephone number as it is written there.
    pub const fn phone_example(self) -> &'static str {
        match &self.country {
            b"AE" => "02 234 5678",
            b"AR" => "011 2345-6789",
            b"AT" => "01 234567",
            b"AU" => "02 5550 1234",
            b"BE" => "012 34 56 78",
            b"BG" => "02 123 456",
            b"CA" => "(416) 555-0123",
            b"CH" => "021 234 56 78",
            b"CL" => "22 123 4567",
            b"CO" => "601 234 5678",
            b"CY" => "22 345678",
            b"CZ" => "212 345 678",
            b"DK" => "32 12 34 56",
            b"EE" => "321 2345",
            b"ES" => "912 34 56 78",
            b"FI" => "09 123 4567",
            b"FR" => "01 23 45 67 89",
            b"GB" => "020 7946 0123",
            b"GR" => "21 2345 6789",
            b"HR" => "01 234 5678",
            b"HU" => "06 1 234 5678",
            b"IE" => "01 234 5678",
            b"IN" => "+91 98765 43210",
            b"IT" => "02 1234 5678",
            b"JP" => "03-1234-5678",
            b"KE" => "020 201 2345",
            b"LT" => "0 312 34567",
            b"LU" => "27 12 34 56",
            b"LV" => "63 123 456",
            b"MT" => "2100 1234",
            b"MX" => "55 1234 5678",
            b"NG" => "0802 123 4567",
            b"NL" => "010 123 4567",
            b"NO" => "21 23 45 67",
            b"NZ" => "03 234 5678",
            b"PE" => "01 123 4567",
            b"PL" => "12 345 67 89",
            b"PT" => "212 345 678",
            b"RO" => "021 123 4567",
            b"SA" => "011 234 5678",
            b"SE" => "08-12 34 56",
            b"SG" => "6123 4567",
            b"SI" => "01 234 56 78",
            b"SK" => "02 2123 4567",
            b"TR" => "0212 345 67 89",
            b"US" => "(503) 555-0123",
            b"ZA" => "010 123 4567",
            _ => "+49 30 1234567",
        }
    }

    /// A number plate as it is written there.
    pub fn plate_example(self) -> &'static str {
        self.plates().map_or("B-AB 1234", |(_, example, _)| example)
    }

    /// A plate as the country writes it, where it looks like one of its own; any other stays as it was typed, in capitals.
    pub fn plate(self, typed: &str) -> String {
        let typed = typed.to_uppercase();
        let plain: String = typed.chars().filter(|c| c.is_alphanumeric()).collect();
        let own = match &self.country {
            b"DE" => german(&typed),
            _ => None,
        };
        let forms = self.plates().map_or("", |(_, _, forms)| forms);
        own.or_else(|| forms.split('|').find_map(|form| spaced(form, &plain)))
            .unwrap_or_else(|| typed.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    fn plates(self) -> Option<(&'static str, &'static str, &'static str)> {
        let country = self.country();
        PLATES.iter().find(|(code, ..)| *code == country).copied()
    }
}

/// Puts the signs of a form between the characters, if letters (`A`) and digits (`9`) stand where it has them.
fn spaced(form: &str, plain: &str) -> Option<String> {
    let mut rest = plain.chars();
    let mut text = String::new();
    for sign in form.chars() {
        let put = match sign {
            'A' => rest.next().filter(char::is_ascii_alphabetic)?,
            '9' => rest.next().filter(char::is_ascii_digit)?,
            between => between,
        };
        text.push(put);
    }
    (rest.next().is_none() && !text.is_empty()).then_some(text)
}

/// Where the place ends is only known when something stands behind it: `B AB 1234` is not `BA B 1234`.
fn german(typed: &str) -> Option<String> {
    let (place, rest) = typed.split_once([' ', '-'])?;
    let rest: String = rest.chars().filter(|c| c.is_alphanumeric()).collect();
    let digits = rest.find(|c: char| c.is_ascii_digit())?;
    let (letters, number) = rest.split_at(digits);
    let figures = number.strip_suffix(['E', 'H']).unwrap_or(number);
    let fits = (1..=3).contains(&place.chars().count())
        && place.chars().all(char::is_alphabetic)
        && (1..=2).contains(&letters.len())
        && letters.chars().all(|c| c.is_ascii_alphabetic())
        && (1..=4).contains(&figures.len())
        && figures.chars().all(|c| c.is_ascii_digit());
    fits.then(|| format!("{place}-{letters} {number}"))
}

/// Country, an example, and the forms that tell by letters and digits alone where the blanks are.
const PLATES: [(&str, &str, &str); 48] = [
    ("AE", "A 12345", ""),
    ("AR", "AB 123 CD", "AA 999 AA|AAA 999"),
    ("AT", "W-12345 A", ""),
    ("AU", "ABC 12D", "AAA 99A|AAA 999"),
    ("BE", "1-ABC-234", "9-AAA-999"),
    ("BG", "CB 1234 AB", "AA 9999 AA|A 9999 AA"),
    ("CA", "ABCD 123", ""),
    ("CH", "ZH 123456", "AA 999999|AA 99999|AA 9999|AA 999"),
    ("CL", "AB CD 12", "AA AA 99"),
    ("CO", "ABC 123", "AAA 999"),
    ("CY", "ABC 123", "AAA 999"),
    ("CZ", "1AB 2345", "9AA 9999"),
    ("DE", "B-AB 1234", ""),
    ("DK", "AB 12 345", "AA 99 999"),
    ("EE", "123 ABC", "999 AAA"),
    ("ES", "1234 ABC", "9999 AAA"),
    ("FI", "ABC-123", "AAA-999"),
    ("FR", "AB-123-CD", "AA-999-AA"),
    ("GB", "AB12 CDE", "AA99 AAA|A999 AAA|AAA 999A"),
    ("GR", "ABC-1234", "AAA-9999"),
    ("HR", "ZG 1234-AB", "AA 9999-AA|AA 999-AA"),
    ("HU", "AB CD-123", "AA AA-999|AAA-999"),
    ("IE", "241-D-12345", ""),
    ("IN", "MH 12 AB 1234", "AA 99 AA 9999|AA 99 A 9999"),
    ("IT", "AB 123 CD", "AA 999 AA"),
    ("JP", "12-34", ""),
    ("KE", "KAA 123A", "AAA 999A"),
    ("LT", "ABC 123", "AAA 999"),
    ("LU", "AB 1234", "AA 9999"),
    ("LV", "AB-1234", "AA-9999"),
    ("MT", "ABC 123", "AAA 999"),
    ("MX", "ABC-123-D", "AAA-999-A"),
    ("NG", "ABC-123DE", "AAA-999AA"),
    (
        "NL",
        "AB-123-C",
        "AA-999-A|A-999-AA|99-AAA-9|9-AAA-99|99-AA-AA|AA-AA-99|AA-99-AA",
    ),
    ("NO", "AB 12345", "AA 99999"),
    ("NZ", "ABC123", "AAA999"),
    ("PE", "ABC-123", "AAA-999|A9A-999"),
    ("PL", "WA 12345", ""),
    ("PT", "AB-12-CD", "AA-99-AA|99-AA-99|99-99-AA"),
    ("RO", "B 12 ABC", "A 99 AAA|A 999 AAA|AA 99 AAA"),
    ("SA", "ABC 1234", "AAA 9999"),
    ("SE", "ABC 123", "AAA 999|AAA 99A"),
    ("SG", "SBA 1234 A", "AAA 9999 A"),
    ("SI", "LJ AB-123", "AA AA-999"),
    ("SK", "BA-123AB", "AA-999AA"),
    ("TR", "34 ABC 123", "99 AAA 999|99 AA 999|99 AA 9999|99 A 9999"),
    ("US", "ABC 1234", ""),
    ("ZA", "ABC 123 GP", "AAA 999 AA"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plate_is_written_as_its_country_does_and_a_foreign_one_as_it_was_typed() {
        for (country, typed, written) in [
            ("GB", "ab12cde", "AB12 CDE"),
            ("GB", "AB 12 CDE", "AB12 CDE"),
            ("GB", "b-ab 1234", "B-AB 1234"),
            ("DE", "b ab1234", "B-AB 1234"),
            ("DE", "hh-x 1h", "HH-X 1H"),
            ("DE", "BAB1234", "BAB1234"),
            ("DE", "wü  a 7e", "WÜ-A 7E"),
            ("DE", "AB12 CDE", "AB12 CDE"),
            ("FR", "ab123cd", "AB-123-CD"),
            ("IN", "mh12ab1234", "MH 12 AB 1234"),
            ("TR", "34abc123", "34 ABC 123"),
            ("US", " ab  12 ", "AB 12"),
            ("", "x 1", "X 1"),
        ] {
            assert_eq!(Locale::of(country).plate(typed), written, "{country}: {typed}");
        }
    }

    #[test]
    fn an_example_is_written_in_a_form_of_its_country() {
        for (country, example, forms) in PLATES {
            assert_eq!(Locale::of(country).plate(example), example);
            let plain: String = example.chars().filter(|c| c.is_alphanumeric()).collect();
            assert_eq!(
                Locale::of(country).plate(&plain) == example,
                !forms.is_empty() || plain == example,
                "{country}"
            );
        }
        assert!(PLATES.is_sorted_by(|a, b| a.0 < b.0));
    }
}
