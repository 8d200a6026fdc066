//! What stands in a cell of a table that people open with a spreadsheet.
use crate::kernel::{Currency, number};
use crate::server::db::data_export::{Column, Kind};

/// A spreadsheet would run text that begins with one of these.
const RUNS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The cells of a row as they are written.
pub(super) fn row(columns: &[Column], cells: Vec<Option<String>>, own: Currency) -> Vec<String> {
    let currency = columns
        .iter()
        .position(|column| column.name == "currency")
        .and_then(|at| Currency::stored(cells.get(at)?.as_deref()?))
        .unwrap_or(own);
    columns
        .iter()
        .zip(cells)
        .map(|(column, cell)| {
            let text = cell.unwrap_or_default();
            match column.kind {
                Kind::Money => decimal(&text, currency.exponent()),
                Kind::Text | Kind::Json => harmless(text),
                _ => text,
            }
        })
        .collect()
}

/// With an apostrophe before it, a spreadsheet shows it as the text that it is.
fn harmless(text: String) -> String {
    if text.starts_with(RUNS) {
        format!("'{text}")
    } else {
        text
    }
}

/// `-1205` with two digits is `-12.05`.
fn decimal(minor: &str, digits: u32) -> String {
    minor
        .parse()
        .map_or_else(|_| minor.to_owned(), |value| number::plain(value, digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_plain_decimals_with_their_currencys_digits() {
        for (minor, digits, written) in [
            ("0", 2, "0.00"),
            ("5", 2, "0.05"),
            ("-5", 2, "-0.05"),
            ("119000", 2, "1190.00"),
            ("-119000", 2, "-1190.00"),
            ("1190", 0, "1190"),
            ("1190", 3, "1.190"),
            ("", 2, ""),
        ] {
            assert_eq!(decimal(minor, digits), written, "{minor} with {digits}");
        }
    }

    #[test]
    fn no_text_begins_like_a_formula_and_numbers_stay_numbers() {
        for text in ["=1+1", "+49 30", "-cmd", "@sum", "\tx", "\rx"] {
            assert_eq!(harmless(text.to_owned()), format!("'{text}"));
        }
        for text in ["", "Ada", "1-1", " =x", "'x"] {
            assert_eq!(harmless(text.to_owned()), text);
        }
        let column = |name: &str, kind| Column {
            name: name.to_owned(),
            kind,
            may_be_empty: true,
            refers_to: None,
            about: String::new(),
        };
        let columns = [
            column("amount", Kind::Money),
            column("year", Kind::Integer),
            column("name", Kind::Text),
            column("currency", Kind::Text),
        ];
        let cells = ["-100", "-3", "-3", "JPY"]
            .map(|cell| Some(cell.to_owned()))
            .to_vec();
        let own = Currency::stored("EUR").expect("a currency");
        assert_eq!(row(&columns, cells, own), ["-100", "-3", "'-3", "JPY"]);
        assert_eq!(
            row(&columns, vec![Some("-100".to_owned()), None, None, None], own),
            ["-1.00", "", "", ""]
        );
    }
}
