//! What the files are, for people and for programs.
use crate::kernel::Currency;
use crate::server::db::data_export::{LEFT_OUT, Table};
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

const HOW: &str = "\
Each .csv file is one table: UTF-8, commas, lines end with CR LF, text in double quotes where it needs them (RFC 4180).
The first line names the columns. schema.json says the same as this file for programs, with the number of rows.

- Amounts are plain decimals with the digits of their currency: 1190.00.
- Moments are ISO 8601 in UTC: 2026-03-02T09:00:00.000000Z. Days are 2026-03-02.
- Columns ending in _milli are thousandths (1500 is 1.5), those ending in _basis_points hundredths of a percent (1900 is 19 %).
- Lists and structured values are JSON. Amounts inside them are in the smallest unit of the currency (119000 is 1190.00).
- An empty cell is nothing, or an empty text.
- Text that begins with = + - @, a tab or a carriage return has an apostrophe before it, so that a spreadsheet shows it instead of
  running it. A program that reads the files should remove one leading apostrophe before any of these characters.
- Rows refer to each other by their ids; every file leads with the workshop's own id.
";

pub(super) fn text(workshop: &str, currency: Currency, at: DateTime<Utc>, tables: &[Table]) -> String {
    let mut text = format!(
        "Everything of {workshop}\nas it was on {}\nCurrency: {}\n\n{HOW}",
        moment(at),
        currency.code()
    );
    text.push_str("\nTABLES\n");
    for table in tables {
        text.push_str(&format!("\n{}.csv\n", table.name));
        if !table.about.is_empty() {
            text.push_str(&format!("  {}\n", table.about));
        }
        for column in &table.columns {
            let kind = serde_json::to_value(column.kind).unwrap_or_default();
            let mut line = format!("  - {}: {}", column.name, kind.as_str().unwrap_or_default());
            if let Some(other) = &column.refers_to {
                line.push_str(&format!(", refers to {other}"));
            }
            if column.may_be_empty {
                line.push_str(", may be empty");
            }
            if !column.about.is_empty() {
                line.push_str(&format!(". {}", column.about));
            }
            text.push_str(&line);
            text.push('\n');
        }
    }
    text.push_str("\nNOT IN HERE\n\n- Passwords, second factors, PINs, sessions and links: they are personal and secret.\n");
    text.push_str(
        "- Who signed in from where: people may work in other workshops too. See Activity log in Gantry.\n",
    );
    text.push_str("- E-mails that were sent, shared tablets, and former addresses of the workshop: they belong to the operation of Gantry.\n");
    text.push_str("- The search index: it is made from the other tables.\n");
    for (table, reason) in LEFT_OUT {
        text.push_str(&format!("- {table}: {reason}\n"));
    }
    text
}

/// `rows` is how many each table has, in the order of the tables.
pub(super) fn schema(
    workshop: &str,
    currency: Currency,
    at: DateTime<Utc>,
    tables: &[Table],
    rows: &[i64],
) -> Value {
    let described = tables.iter().zip(rows).map(|(table, rows)| {
        json!({ "name": table.name, "file": format!("{}.csv", table.name), "about": table.about, "rows": rows,
                "primary_key": table.key, "columns": table.columns })
    });
    let left_out = LEFT_OUT
        .iter()
        .map(|(table, reason)| json!({ "name": table, "reason": reason }));
    json!({ "workshop": workshop, "currency": currency.code(), "taken_at": moment(at),
            "tables": described.collect::<Vec<_>>(), "left_out": left_out.collect::<Vec<_>>() })
}

fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
