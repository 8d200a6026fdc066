//! Parsed text: a `Plate` that exists is a plate. No regular expressions, they would weigh half a megabyte in the browser.
use super::form::Problem;
use super::number::{self, Grouping, Wanted};

/// Trims, folds inner white space, refuses control characters; empty is `Missing`.
pub fn required(raw: &str, most: u32) -> Result<String, Problem> {
    require_visible(optional(raw, most)?)
}

/// As [`required`], but empty is fine.
pub fn optional(raw: &str, most: u32) -> Result<String, Problem> {
    let text = plain(raw).split_whitespace().collect::<Vec<_>>().join(" ");
    printable(&text)?;
    limit(text, most)
}

/// Several lines: keeps line breaks, trims the ends.
pub fn long(raw: &str, most: u32) -> Result<String, Problem> {
    let text = plain(raw).replace("\r\n", "\n").trim().to_owned();
    printable(&text)?;
    limit(text, most)
}

/// As [`long`], but empty is `Missing`.
pub fn long_required(raw: &str, most: u32) -> Result<String, Problem> {
    require_visible(long(raw, most)?)
}

/// Removes characters that are invisible or that reverse the direction of the text around them.
fn plain(raw: &str) -> String {
    raw.replace(
        |c: char| {
            matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        },
        "",
    )
}

/// Something to look at: joiners and blanks that are letters to Unicode are nothing alone.
pub(super) fn require_visible(text: String) -> Result<String, Problem> {
    let blank = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '\u{200c}'
                    | '\u{200d}'
                    | '\u{2800}'
                    | '\u{3164}'
                    | '\u{115f}'
                    | '\u{1160}'
                    | '\u{ffa0}'
                    | '\u{fe00}'..='\u{fe0f}'
            )
    };
    if text.chars().all(blank) {
        Err(Problem::Missing)
    } else {
        Ok(text)
    }
}

/// What an address asks for, without what no text has.
pub fn searched(raw: &str) -> String {
    plain(raw).replace(char::is_control, " ")
}

fn limit(text: String, most: u32) -> Result<String, Problem> {
    if text.chars().count() > most as usize {
        Err(Problem::TooLong(most))
    } else {
        Ok(text)
    }
}

/// PostgreSQL cannot store NUL, and no field needs other control characters than line breaks and tabs.
fn printable(text: &str) -> Result<(), Problem> {
    let bad = text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t'));
    if bad {
        Err(Problem::other("This contains characters that are not allowed."))
    } else {
        Ok(())
    }
}

/// One spelling per mailbox, for look-ups.
pub fn email_norm(email: &str) -> String {
    email.trim().to_lowercase()
}

/// A telephone number as typed; empty is fine. The example is for whom it is none.
pub fn phone(raw: &str, example: &str) -> Result<String, Problem> {
    let text = optional(raw, 32)?;
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let chars_fit = text
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '/' | '(' | ')' | '.'));
    if text.is_empty() || (chars_fit && (5..=15).contains(&digits)) {
        Ok(text)
    } else {
        Err(Problem::malformed(example))
    }
}

/// What a telephone dials: digits and a leading plus.
pub fn dialled(phone: &str) -> String {
    phone
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect()
}

/// A number plate as shown; empty is fine. Compare by [`plate_norm`].
pub fn plate(raw: &str, example: &str) -> Result<String, Problem> {
    let text = optional(raw, 16)?.to_uppercase();
    let length = plate_norm(&text).chars().count();
    if text.is_empty() || (2..=12).contains(&length) {
        Ok(text)
    } else {
        Err(Problem::malformed(example))
    }
}

/// Letters and digits only, upper case: what makes two spellings the same plate.
pub fn plate_norm(plate: &str) -> String {
    plate
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_uppercase)
        .collect()
}

/// A vehicle identification number: 17 characters without I, O, Q (ISO 3779), or 5 to 16 for vehicles built before 1981; empty is fine.
pub fn vin(raw: &str) -> Result<String, Problem> {
    let text: String = raw
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .flat_map(char::to_uppercase)
        .collect();
    let fits = text.bytes().all(|b| b.is_ascii_alphanumeric());
    let modern = text.len() != 17 || !text.contains(['I', 'O', 'Q']);
    if text.is_empty() || (fits && modern && (5..=17).contains(&text.len())) {
        Ok(text)
    } else {
        Err(Problem::malformed("WVWZZZ1JZXW000001 (no I, O or Q)"))
    }
}

/// Whether a 17-character VIN's ninth character is its check digit (compulsory in North America and China only: warn, never refuse).
pub fn vin_check_digit_fits(vin: &str) -> bool {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let value = |c: u8| match c {
        b'0'..=b'9' => u32::from(c - b'0'),
        b'A'..=b'H' => u32::from(c - b'A') + 1,
        b'J'..=b'R' => u32::from(c - b'J') + 1,
        b'S'..=b'Z' => u32::from(c - b'S') + 2,
        _ => 0,
    };
    let sum: u32 = vin.bytes().zip(WEIGHTS).map(|(c, w)| value(c) * w).sum();
    let expected = match sum % 11 {
        10 => b'X',
        digit => b'0' + u8::try_from(digit).unwrap_or(0),
    };
    vin.len() == 17 && vin.as_bytes()[8] == expected
}

/// An odometer value: digits with optional grouping; empty is `None`.
pub fn odometer(raw: &str) -> Result<Option<i32>, Problem> {
    if raw.trim().is_empty() {
        return Ok(None);
    }
    let wanted = Wanted {
        decimals: 0,
        // A whole number means the same wherever its groups are.
        grouping: Grouping::Lakhs,
        example: "84250",
    };
    let value = number::parse(raw, wanted)?;
    i32::try_from(value)
        .ok()
        .filter(|value| (0..=9_999_999).contains(value))
        .map(Some)
        .ok_or_else(|| Problem::OutOfRange("between 0 and 9,999,999".into()))
}

/// Those of the texts that are not empty, in one.
pub fn joined<T: AsRef<str>>(between: &str, texts: impl IntoIterator<Item = T>) -> String {
    texts.into_iter().fold(String::new(), |mut all, text| {
        let text = text.as_ref();
        if !all.is_empty() && !text.is_empty() {
            all.push_str(between);
        }
        all.push_str(text);
        all
    })
}

/// The first of the texts that is not empty.
pub fn first_of<'a>(texts: &[&'a str]) -> &'a str {
    texts
        .iter()
        .copied()
        .find(|text| !text.is_empty())
        .unwrap_or_default()
}

/// With a capital letter in front.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_empty_is_left_out() {
        assert_eq!(joined(" · ", ["", "Golf", "", "blue"]), "Golf · blue");
        assert_eq!(
            (joined(", ", [""; 2]), first_of(&["", "VIN"])),
            (String::new(), "VIN")
        );
    }

    #[test]
    fn two_spellings_of_a_plate_are_one_plate() {
        assert_eq!(plate_norm("b-ab 1234"), plate_norm("B AB1234"));
        assert!(plate("!", "").is_err() && plate("", "").is_ok());
    }

    #[test]
    fn nothing_unprintable_passes() {
        assert!(required("a\0b", 10).is_err());
        assert_eq!(required("  Ana \t  Ruiz ", 10), Ok("Ana Ruiz".into()));
        assert_eq!(required(" ", 10), Err(Problem::Missing));
    }

    #[test]
    fn what_nobody_can_see_is_no_name() {
        for empty in [
            "\u{200b}",
            "\u{202e} \u{200b}",
            "\u{3164}",
            "\u{200d}\u{fe0f}",
            " \u{feff} ",
        ] {
            assert_eq!(required(empty, 40), Err(Problem::Missing), "{empty:?}");
            assert_eq!(long_required(empty, 40), Err(Problem::Missing), "{empty:?}");
        }
        assert_eq!(
            required("Gr\u{202e}ace", 40),
            Ok("Grace".to_owned()),
            "nothing turns around"
        );
        assert_eq!(
            required("👩\u{200d}🔧", 40),
            Ok("👩\u{200d}🔧".to_owned()),
            "joined as typed"
        );
    }

    #[test]
    fn a_known_vin_has_its_check_digit() {
        assert!(vin_check_digit_fits("1M8GDM9AXKP042788"));
        assert!(!vin_check_digit_fits("1M8GDM9A1KP042788"));
        assert!(vin("WVWZZZ1JZXW00000I").is_err());
    }
}
