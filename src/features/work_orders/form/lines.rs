//! A job's table: every row is a line.
use crate::domain::line as lines;
use crate::domain::order::LineKind;
use crate::domain::totals::LineAmounts;
use crate::form;
use crate::kernel::{BasisPoints, Checker, FormContext, Money, Quantity};

form! {
    /// A row of a job's table, as typed.
    pub struct LineForm shows LineFormFields;
    /// A line, about to be written.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct LineInput {
        kind: LineKind = choice::<LineKind>("Kind"),
        description: String = line("Description", 500).required(),
        part_number: String = line("Part number", 60),
        quantity: Quantity = own("Quantity", Kind::Decimal, lines::quantity, |quantity: &Quantity, _| quantity.to_string()).most(20),
        unit_price: Money = money("Unit price").checked(lines::price),
        /// In basis points, as the select posts it.
        tax: BasisPoints = own("Tax", Kind::Choice, lines::tax, |rate: &BasisPoints, _| rate.0.to_string()),
        /// The line's id; empty for a new one.
        line: String = as_typed("Line", Kind::Hidden),
    }
    tidied by words_cost_nothing;
    checked by within_reason;
    blank when untouched;
}

impl LineInput {
    /// What it costs.
    pub fn amounts(&self) -> LineAmounts {
        LineAmounts {
            kind: self.kind,
            quantity: self.quantity,
            unit_price: self.unit_price,
            tax_rate: self.tax,
            declined: false,
        }
    }
}

impl LineForm {
    /// An empty row for the next line.
    pub fn next(tax: BasisPoints) -> Self {
        Self {
            kind: LineKind::Labor.name().into(),
            quantity: "1".into(),
            tax: tax.0.to_string(),
            ..Self::default()
        }
    }
}

/// A line of words has neither quantity nor price.
fn words_cost_nothing(row: &mut LineForm) {
    if row.kind == LineKind::Text.name() {
        row.quantity = "1".into();
        row.unit_price = "0".into();
    }
}

fn within_reason(_: &LineForm, line: Option<&mut LineInput>, check: &mut Checker, _: &FormContext) {
    let Some(line) = line else { return };
    if let Err(problem) = lines::costs(line.unit_price, line.quantity) {
        check.refuse("unit_price", problem);
    }
}

/// A row for a new line that nobody typed anything into.
fn untouched(row: &LineForm) -> bool {
    [&row.line, &row.description, &row.part_number, &row.unit_price]
        .into_iter()
        .all(|cell| cell.trim().is_empty())
}

form! {
    /// A job's table as posted.
    pub(in super::super) struct LinesForm shows LinesFields;
    /// A job's table: every row to keep, and which lines to take away.
    #[derive(Clone, Debug)]
    pub struct JobLines {
        remove[]: Vec<String> = as_typed("Remove", Kind::Hidden),
    }
    with {
        /// The order's version that the table showed.
        version,
        /// Answers a double click once.
        key,
    }
    rows { rows: LineForm }
    tidied by without_removed;
}

/// What is taken away need not be right.
fn without_removed(form: &mut LinesForm) {
    let LinesForm { rows, remove, .. } = form;
    for row in &mut rows.0 {
        if !row.line.is_empty() && remove.contains(&row.line) {
            *row = LineForm::default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Form;
    use crate::kernel::form::FromPosted;

    fn typed(kind: &str, quantity: &str, price: &str) -> LineForm {
        LineForm {
            kind: kind.into(),
            description: "Brake pads".into(),
            quantity: quantity.into(),
            unit_price: price.into(),
            tax: "1900".into(),
            ..LineForm::default()
        }
    }

    const CONTEXT: FormContext = FormContext::PUBLIC;

    #[test]
    fn what_is_shown_while_typing_is_what_will_be_saved() {
        let row = typed("part", "1,5", "1.234,50");
        let live = lines::amounts(
            &row.kind,
            &row.quantity,
            &row.unit_price,
            &row.tax,
            CONTEXT.currency,
        );
        let saved = row.parse(&CONTEXT).expect("a line").amounts();
        assert_eq!(live, Some(saved));
        assert_eq!(saved.net(), Money(185_175));
    }

    #[test]
    fn every_bad_field_is_told_at_once() {
        let errors = LineForm::default().parse(&CONTEXT).expect_err("nothing typed");
        for field in ["kind", "description", "quantity", "unit_price", "tax"] {
            assert!(errors.at(field).is_some(), "{field}");
        }
        for refused in [
            typed("discount", "1", "-5"),
            typed("part", "0", "5"),
            typed("part", "1000000", "999999999"),
        ] {
            assert!(refused.parse(&CONTEXT).is_err(), "{}", refused.unit_price);
        }
    }

    #[test]
    fn words_need_no_price() {
        assert!(typed("text", "", "").parse(&CONTEXT).is_ok());
    }

    #[test]
    fn a_table_is_read_row_by_row() {
        let columns = [
            ("line", &["", "lin_x", ""][..]),
            ("kind", &["labor", "part", "labor"]),
            ("description", &["A", "B"]),
            ("quantity", &["1"]),
            ("tax", &["0", "0", "0"]),
            ("unit_price", &["5"]),
            ("remove", &["lin_x"]),
        ];
        let cells = columns.iter().flat_map(|(name, cells)| {
            cells
                .iter()
                .map(move |cell| (format!("{name}[]"), (*cell).to_owned()))
        });
        let posted = cells.chain([("version".to_owned(), "3".to_owned())]).collect();
        let form = LinesForm::from_posted(&posted).expect("a table");
        assert_eq!((form.rows.0.len(), form.version.as_str()), (3, "3"));
        assert_eq!(
            (form.rows.0[1].kind.as_str(), form.rows.0[1].quantity.as_str()),
            ("part", "")
        );
        let lines = form
            .parse(&CONTEXT)
            .expect("what is removed and what is blank need not be right");
        assert_eq!((lines.rows.len(), lines.remove.len()), (1, 1));
        let wrong = LinesForm {
            remove: Vec::new(),
            ..form
        }
        .parse(&CONTEXT)
        .expect_err("no quantity");
        assert_eq!(wrong.first(), Some("1.quantity"));
    }
}
