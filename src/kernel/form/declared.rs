//! A declared form: from what is typed to a value, and back to a page.
use super::FromPosted;
use super::errors::{Checker, FieldErrors};
use super::field::{FieldView, Spec};
use super::rule::Rule;
use crate::kernel::{Currency, Locale};
use chrono::NaiveDate;

/// What parsing goes by besides what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormContext {
    pub currency: Currency,
    /// How the country writes numbers and dates.
    pub locale: Locale,
    /// The day that it is there.
    pub today: NaiveDate,
    /// Where local times are meant.
    pub zone: chrono_tz::Tz,
}

impl FormContext {
    /// For a form of nobody in particular.
    pub const PUBLIC: Self = Self {
        currency: Currency::EUR,
        locale: Locale::NEUTRAL,
        today: NaiveDate::MIN,
        zone: chrono_tz::UTC,
    };
}

/// A form as it was typed. Made by [`form!`](crate::form).
pub trait Form: FromPosted {
    /// What it is parsed into: services take this, wherever it comes from.
    type Model;
    /// Its fields as a page shows them.
    type Fields: FieldSet;
    /// Under which its own fields are posted, without those of its parts.
    const NAMES: &'static [&'static str];

    /// # Errors
    /// Every field's problem at once.
    fn parse(&self, context: &FormContext) -> Result<Self::Model, FieldErrors>;
    /// A value as the form shows it.
    fn of(value: &Self::Model, context: &FormContext) -> Self;
    fn fields(&self, errors: &FieldErrors) -> Self::Fields;
    /// Sets one of the strings that are no part of the value; does nothing where the form has none of that name.
    fn set(&mut self, name: &str, value: &str);
    /// Whether it is an empty row of a table, which means nothing.
    fn is_blank(&self) -> bool {
        false
    }
    /// The form with its version.
    #[must_use]
    fn versioned(mut self, version: i32) -> Self {
        self.set("version", &version.to_string());
        self
    }
    /// The form with its key against double clicks.
    #[must_use]
    fn keyed(mut self, key: &str) -> Self {
        self.set("key", key);
        self
    }
}

/// The version that a page was rendered for, as its form sends it back; without one it is older than every other.
pub fn version(raw: &str) -> i32 {
    raw.parse().unwrap_or_default()
}

/// A field's name as it is posted: one that is a keyword of the language is written `r#do`.
pub const fn wire_name(declared: &'static str) -> &'static str {
    match declared.as_bytes() {
        [b'r', b'#', rest @ ..] => match std::str::from_utf8(rest) {
            Ok(name) => name,
            Err(_) => declared,
        },
        _ => declared,
    }
}

/// The fields of one form.
pub trait FieldSet {
    /// In the order of their declaration.
    fn all(&self) -> Vec<&FieldView>;
}

/// What a form is parsed into.
pub trait Model {
    /// Labels of the fields in which the other one differs, with the other's value as a person reads it.
    fn differences(&self, other: &Self, context: &FormContext) -> Vec<(String, String)>;
    /// Labels of the fields that are filled, with what a person reads there.
    fn facts(&self, context: &FormContext) -> Vec<(String, String)>;
}

impl Checker {
    /// The value of a declared field; otherwise notes the problem with the field's label.
    pub fn field<R: Rule>(
        &mut self,
        name: &str,
        rule: &R,
        raw: &str,
        context: &FormContext,
    ) -> Option<R::Value> {
        self.declared(name, &spelled(rule, context), rule.parse(raw, context))
    }
    /// As [`Checker::field`], for each of a list.
    pub fn list<R: Rule>(
        &mut self,
        name: &str,
        rule: &R,
        raw: &[String],
        context: &FormContext,
    ) -> Option<Vec<R::Value>> {
        let all = raw.iter().map(|raw| rule.parse(raw, context)).collect();
        self.declared(name, &spelled(rule, context), all)
    }
}

/// The label as the country spells it, for the sentence that names the field.
fn spelled<R: Rule>(rule: &R, context: &FormContext) -> Spec {
    let mut spec = rule.spec();
    spec.label = context.locale.word(spec.label);
    spec
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::form::rule;
    use crate::kernel::{Money, Problem};

    crate::form! {
        struct BillForm shows BillFields;
        #[derive(Clone, Debug, PartialEq)]
        struct Bill {
            payer: String = line("Who pays", 10).required().asks("Enter who pays."),
            amount: Money = money("Amount"),
            copies[]: Vec<i32> = number("Copies", 1, 9),
        }
        with { version }
    }

    const CONTEXT: FormContext = FormContext {
        currency: Currency::EUR,
        locale: Locale::NEUTRAL,
        today: NaiveDate::MIN,
        zone: chrono_tz::Europe::Berlin,
    };

    fn typed() -> BillForm {
        BillForm {
            payer: " Ada ".into(),
            amount: "12.50".into(),
            copies: vec!["1".into(), "3".into()],
            ..BillForm::default()
        }
    }

    #[test]
    fn a_field_is_named_once_and_parses_shows_and_differs() {
        let bill = typed().parse(&CONTEXT).expect("a bill");
        assert_eq!((bill.payer.as_str(), bill.amount), ("Ada", Money(1250)));
        assert_eq!(bill.copies, [1, 3]);
        assert_eq!(BillForm::of(&bill, &CONTEXT).amount, "12.50");
        let other = Bill {
            copies: vec![2],
            payer: "Bo".into(),
            ..bill.clone()
        };
        let differences = bill.differences(&other, &CONTEXT);
        assert_eq!(
            differences,
            [("Who pays", "Bo"), ("Copies", "2")].map(|(label, value)| (label.to_owned(), value.to_owned()))
        );
        let bare = Bill {
            copies: Vec::new(),
            ..bill
        };
        let facts = bare.facts(&CONTEXT).into_iter().map(|(label, _)| label);
        assert!(facts.eq(["Who pays", "Amount"]), "only what is filled");
        let fields = typed().versioned(7).fields(&FieldErrors::default());
        let payer = &fields.payer;
        assert_eq!(
            (
                payer.name.as_str(),
                payer.label.as_str(),
                payer.spec.most,
                payer.spec.required
            ),
            ("payer", "Who pays", Some(10), true)
        );
        assert_eq!(fields.version.value(), "7");
        assert_eq!(fields.all().len(), 4);
    }

    #[test]
    fn a_summary_says_which_field_is_meant() {
        let form = BillForm {
            copies: vec!["0".into()],
            ..BillForm::default()
        };
        let mut errors = form.parse(&CONTEXT).expect_err("three problems");
        errors.add("", Problem::other("Enter what the customer says."));
        let messages = |errors: FieldErrors| -> Vec<String> {
            errors
                .summary()
                .into_iter()
                .map(|(_, sentence)| sentence)
                .collect()
        };
        assert_eq!(
            messages(errors),
            [
                "Enter who pays.",
                "Enter the amount.",
                "Copies: Must be between 1 and 9.",
                "Enter what the customer says.",
            ]
        );
        let row = form.parse(&CONTEXT).expect_err("three problems").in_row(1);
        assert_eq!(row.first(), Some("1.payer"));
        assert_eq!(messages(row)[0], "Line 2: Enter who pays.");
    }

    #[test]
    fn a_time_is_read_in_the_branch_s_zone() {
        let rule = rule::moment("Promised for");
        let at = rule.parse("2026-07-01T17:30", &CONTEXT).expect("a time");
        assert_eq!(at.to_rfc3339(), "2026-07-01T15:30:00+00:00");
        assert_eq!(rule.format(&at, &CONTEXT), "2026-07-01T17:30");
        assert!(
            rule.parse("2026-03-29T02:30", &CONTEXT).is_err(),
            "skipped by summer time"
        );
        assert_eq!(rule::moment("").optional().parse(" ", &CONTEXT), Ok(None));
    }
}
