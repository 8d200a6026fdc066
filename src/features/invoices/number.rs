//! What a legal number looks like.
use super::model::Kind;

/// The longest number that every tax office takes (India's GST rules: 16 characters).
const MOST: usize = 16;

/// `B1-2026-00042`, a credit note `B1-C2026-00007`. Long branch codes get a shorter year, then no first hyphen; the number itself
/// is never cut. The year is the fiscal year's first.
pub fn number_text(branch_code: &str, kind: Kind, fiscal_year: i32, number: i64) -> String {
    let mark = match kind {
        Kind::Invoice => "",
        Kind::CreditNote => "C",
    };
    let short = fiscal_year.rem_euclid(100);
    [
        format!("{branch_code}-{mark}{fiscal_year}-{number:05}"),
        format!("{branch_code}-{mark}{short:02}-{number:05}"),
    ]
    .into_iter()
    .find(|text| text.len() <= MOST)
    .unwrap_or_else(|| format!("{branch_code}{mark}{short:02}-{number}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_names_branch_year_and_kind() {
        assert_eq!(number_text("B1", Kind::Invoice, 2026, 42), "B1-2026-00042");
        assert_eq!(number_text("B1", Kind::CreditNote, 2026, 7), "B1-C2026-00007");
        assert_eq!(number_text("BERLIN", Kind::Invoice, 2026, 42), "BERLIN-26-00042");
        assert_eq!(
            number_text("BERLIN", Kind::CreditNote, 2026, 42),
            "BERLIN-C26-00042"
        );
    }

    proptest! {
        #[test]
        fn a_number_fits_and_is_its_own(code in "[A-Z0-9]{1,6}", year in 2000i32..2100, a in 1i64..1_000_000, b in 1i64..1_000_000) {
            for kind in [Kind::Invoice, Kind::CreditNote] {
                prop_assert!(number_text(&code, kind, year, a).len() <= MOST);
                prop_assert_eq!(number_text(&code, kind, year, a) == number_text(&code, kind, year, b), a == b);
            }
            prop_assert_ne!(number_text(&code, Kind::Invoice, year, a), number_text(&code, Kind::CreditNote, year, b));
        }
    }
}
