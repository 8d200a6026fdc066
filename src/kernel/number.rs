//! Numbers as people type them and as pages show them: one grammar for money, quantities, percentages and readings.
use super::form::Problem;

/// How a country groups the digits of a large number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grouping {
    /// `1,234,567`.
    #[default]
    Thousands,
    /// `12,34,567`, as in India.
    Lakhs,
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    pub decimals: u32,
    pub grouping: Grouping,
    /// How one is written, for the sentence that refuses.
    pub example: &'static str,
}

/// More digits than any amount of ours; with three decimals they fit an `i64`.
const MOST_DIGITS: usize = 12;

/// Reads `-1,234.50` as -123450 where two decimals are wanted.
///
/// Groups are `[1-9]\d{0,2}` and then three digits each (two each and three at last where lakhs are counted), with one separator
/// throughout: a comma, a point, an apostrophe or a space. Decimals stand behind the other one of comma and point.
///
/// # Errors
/// `Missing` for nothing; a sentence with an example for everything that is no number, has more decimals or can mean two numbers.
pub fn parse(raw: &str, wanted: Wanted) -> Result<i64, Problem> {
    let text: String = raw.trim().chars().map(one_spelling).collect();
    let (negative, text) = text
        .strip_prefix('-')
        .map_or((false, text.as_str()), |rest| (true, rest));
    if text.is_empty() && !negative {
        return Err(Problem::Missing);
    }
    let (whole, fraction) = split(text, wanted)?;
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    if digits.trim_start_matches('0').len() > MOST_DIGITS {
        return Err(Problem::OutOfRange("a smaller number".into()));
    }
    let scaled = format!("{digits}{fraction:0<width$}", width = wanted.decimals as usize);
    let value: i64 = scaled.parse().map_err(|_| Problem::malformed(wanted.example))?;
    Ok(if negative { -value } else { value })
}

/// Every space is a space, every apostrophe and every minus too.
fn one_spelling(c: char) -> char {
    match c {
        '\u{a0}' | '\u{2009}' | '\u{202f}' => ' ',
        '\u{2019}' => '\'',
        '\u{2212}' => '-',
        other => other,
    }
}

/// What stands before and behind the decimal separator.
fn split(text: &str, wanted: Wanted) -> Result<(&str, &str), Problem> {
    let malformed = || Problem::malformed(wanted.example);
    let Some(at) = text.rfind(['.', ',', '\'', ' ']) else {
        return if all_digits(text) {
            Ok((text, ""))
        } else {
            Err(malformed())
        };
    };
    let (head, mark, tail) = (&text[..at], &text[at..=at], &text[at + 1..]);
    let point = matches!(mark, "." | ",");
    let head_fits =
        head.is_empty() || all_digits(head) || (is_grouped(head, wanted.grouping) && !head.contains(mark));
    let fraction = point && head_fits && all_digits(tail);
    let exact = fraction && tail.len() <= wanted.decimals as usize;
    match (is_grouped(text, wanted.grouping), exact) {
        // `1.234` with three decimals: we write the point for decimals ourselves, a comma could be either.
        (true, true) if mark == "," => Err(Problem::OutOfRange(format!(
            "written {head}{tail} or {head}.{tail}, because {text} can mean both"
        ))),
        (_, true) => Ok((head, tail)),
        (true, false) => Ok((text, "")),
        (false, false) if fraction => Err(too_precise(wanted)),
        (false, false) => Err(malformed()),
    }
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether the text is groups of digits with one separator throughout.
fn is_grouped(text: &str, grouping: Grouping) -> bool {
    let Some(mark) = text.chars().find(|c| matches!(c, '.' | ',' | '\'' | ' ')) else {
        return false;
    };
    let groups: Vec<&str> = text.split(mark).collect();
    let (Some((first, rest)), true) = (groups.split_first(), groups.iter().all(|g| all_digits(g))) else {
        return false;
    };
    let Some((last, inner)) = rest.split_last() else {
        return false;
    };
    let led = |most: usize| first.len() <= most && !first.starts_with('0') && last.len() == 3;
    let thousands = led(3) && inner.iter().all(|group| group.len() == 3);
    let lakhs = led(2) && inner.iter().all(|group| group.len() == 2);
    thousands || (grouping == Grouping::Lakhs && lakhs)
}

fn too_precise(wanted: Wanted) -> Problem {
    let Wanted {
        decimals, example, ..
    } = wanted;
    Problem::OutOfRange(match decimals {
        0 => format!("a whole number, such as {example}"),
        many => format!("a number with at most {many} decimals, such as {example}"),
    })
}

/// `1234.50` of 123450 where `decimals` is 2: how a number stands in an input. [`parse`] reads it back.
pub fn plain(value: i64, decimals: u32) -> String {
    let (sign, whole, fraction) = parts(value, decimals);
    format!("{}{whole}{fraction}", if sign { "-" } else { "" })
}

/// `−1,234.50`: how a number stands on a page.
pub fn show(value: i64, decimals: u32, grouping: Grouping) -> String {
    let (sign, whole, fraction) = parts(value, decimals);
    format!(
        "{}{}{fraction}",
        if sign { "−" } else { "" },
        group(&whole, grouping)
    )
}

/// As [`plain`], without zeros at the end: `1.5` of 1500 thousandths.
pub fn short(value: i64, decimals: u32) -> String {
    let text = plain(value, decimals);
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// Whether it is below zero, its whole part, and its decimals with their point.
fn parts(value: i64, decimals: u32) -> (bool, String, String) {
    let scale = 10u64.pow(decimals);
    let size = value.unsigned_abs();
    let fraction = if decimals == 0 {
        String::new()
    } else {
        format!(".{:0width$}", size % scale, width = decimals as usize)
    };
    (value < 0, (size / scale).to_string(), fraction)
}

fn group(digits: &str, grouping: Grouping) -> String {
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        let left = digits.len() - place;
        let ends = match grouping {
            Grouping::Thousands => left.is_multiple_of(3),
            Grouping::Lakhs => left == 3 || (left > 3 && (left - 3).is_multiple_of(2)),
        };
        if place > 0 && ends {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parse(raw: &str, decimals: u32, grouping: Grouping) -> Result<i64, Problem> {
        let wanted = Wanted {
            decimals,
            grouping,
            example: "120",
        };
        super::parse(raw, wanted)
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let cases = [
            ("12", 1_200),
            ("12.5", 1_250),
            (".5", 50),
            ("0.05", 5),
            ("1,234.50", 123_450),
            ("1.234,50", 123_450),
            ("1'234.50", 123_450),
            ("1 234,50", 123_450),
            ("1\u{202f}234,50", 123_450),
            ("1,234", 123_400),
            ("1.234.567", 123_456_700),
            ("-3.20", -320),
            ("\u{2212}3.20", -320),
            (" 7 000.00 ", 700_000),
            ("007", 700),
        ];
        for (raw, minor) in cases {
            assert_eq!(parse(raw, 2, Grouping::Thousands), Ok(minor), "{raw}");
        }
    }

    /// H1: three decimals were read as thousands.
    #[test]
    fn three_decimals_are_no_thousands() {
        for raw in ["0.125", ".500", "0.005", "1234.567", "0.001", "00.125", "0,125"] {
            let message = parse(raw, 2, Grouping::Thousands).expect_err(raw).to_string();
            assert_eq!(
                message, "Must be a number with at most 2 decimals, such as 120.",
                "{raw}"
            );
        }
    }

    #[test]
    fn what_is_no_number_or_could_be_two_is_refused() {
        for raw in [
            "abc",
            "1.2345",
            "1e5",
            "--1",
            "-",
            "1,23,4",
            "1,234.567.890",
            "1.234,567.89",
            "1 234 56",
            "1,,234",
            "1234,567",
            "0,123,456",
            "9999999999999999",
            "NaN",
            ".",
            "5.",
            "1,00,000",
            "٣",
        ] {
            assert!(parse(raw, 2, Grouping::Thousands).is_err(), "{raw}");
        }
        assert_eq!(parse(" ", 2, Grouping::Thousands), Err(Problem::Missing));
        let both = parse("1,500", 3, Grouping::Thousands).expect_err("two numbers");
        assert_eq!(
            both.to_string(),
            "Must be written 1500 or 1.500, because 1,500 can mean both."
        );
        assert_eq!(parse("1.500", 3, Grouping::Thousands), Ok(1_500));
        assert_eq!(parse("0,125", 3, Grouping::Thousands), Ok(125));
        let yen = parse("12.5", 0, Grouping::Thousands).expect_err("no decimals");
        assert_eq!(yen.to_string(), "Must be a whole number, such as 120.");
    }

    #[test]
    fn lakhs_are_read_and_shown_where_they_are_counted() {
        for raw in ["1,00,000", "100000", "100,000", "1,00,000.00"] {
            assert_eq!(parse(raw, 2, Grouping::Lakhs), Ok(10_000_000), "{raw}");
        }
        for raw in ["1,00,00", "123,45,678", "1,00,0000", "1,00.000"] {
            assert!(parse(raw, 2, Grouping::Lakhs).is_err(), "{raw}");
        }
        assert_eq!(show(1_234_567_850, 2, Grouping::Lakhs), "1,23,45,678.50");
        assert_eq!(show(-50, 2, Grouping::Lakhs), "−0.50");
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back(value in -999_999_999_999i64..=999_999_999_999, decimals in 0u32..=3, lakhs: bool) {
            let grouping = if lakhs { Grouping::Lakhs } else { Grouping::Thousands };
            prop_assert_eq!(parse(&plain(value, decimals), decimals, grouping), Ok(value));
            prop_assert_eq!(parse(&short(value, decimals), decimals, grouping), Ok(value));
            prop_assert_eq!(parse(&show(value, decimals, grouping), decimals, grouping), Ok(value));
        }

        #[test]
        fn anything_typed_is_a_number_or_a_sentence(raw in "[0-9., '\\-]{0,14}", decimals in 0u32..=3) {
            if let Ok(value) = parse(&raw, decimals, Grouping::Lakhs) {
                prop_assert_eq!(parse(&plain(value, decimals), decimals, Grouping::Lakhs), Ok(value));
            }
        }

        #[test]
        fn digits_are_never_moved(whole in 0u64..1_000_000, fraction in "[0-9]{3,6}", mark in "[.,]") {
            let raw = format!("{whole}{mark}{fraction}");
            if let Ok(value) = parse(&raw, 2, Grouping::Thousands) {
                prop_assert!(fraction.len() == 3 && (1..1_000).contains(&whole), "{} is {}", raw, value);
            }
        }
    }
}
