//! What can be wrong with a field, and the collection of all of it: the same in the browser and on the server.
use super::field::Spec;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a field was refused; the sentence a person reads comes from `Display`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Problem {
    Missing,
    TooLong(u32),
    TooShort(u32),
    Malformed(String),
    OutOfRange(String),
    /// A sentence of its own, from a rule of one feature.
    Other(String),
}

impl Problem {
    pub fn other(sentence: impl Into<String>) -> Self {
        Self::Other(sentence.into())
    }
    pub fn malformed(example: impl Into<String>) -> Self {
        Self::Malformed(example.into())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("This is required."),
            Self::TooLong(most) => write!(f, "Use at most {most} characters."),
            Self::TooShort(least) => write!(f, "Use at least {least} characters."),
            Self::Malformed(example) => write!(f, "Check the format. Example: {example}"),
            Self::OutOfRange(range) => write!(f, "Must be {range}."),
            Self::Other(sentence) => f.write_str(sentence),
        }
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct FieldError {
    field: String,
    /// The field's label, for sentences that fit every field.
    label: String,
    /// What an empty one asks for: "Enter a name."
    ask: String,
    problem: Problem,
}

impl FieldError {
    /// What stands at the field.
    fn at_field(&self) -> String {
        match &self.problem {
            Problem::Missing if !self.ask.is_empty() => self.ask.clone(),
            Problem::Missing => undeclared::ask(&self.field),
            problem => problem.to_string(),
        }
    }
    /// What stands above the form: a sentence that would fit every field says whose it is.
    fn in_summary(&self) -> String {
        let sentence = self.at_field();
        let label = if self.label.is_empty() {
            undeclared::spoken(&self.field)
        } else {
            self.label.clone()
        };
        let alone = matches!(self.problem, Problem::Other(_));
        match row_of(&self.field) {
            _ if self.field.is_empty() => sentence,
            Some((row, _)) if self.problem == Problem::Missing => format!("Line {}: {sentence}", row + 1),
            Some((row, _)) => format!("Line {}, {label}: {sentence}", row + 1),
            None if alone || self.problem == Problem::Missing => sentence,
            None => format!("{label}: {sentence}"),
        }
    }
}

/// Problems by field name, in the order they were found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldErrors(Vec<FieldError>);

impl FieldErrors {
    /// One problem at one field.
    pub fn one(field: &str, problem: Problem) -> Self {
        let mut errors = Self::default();
        errors.add(field, problem);
        errors
    }
    pub fn add(&mut self, field: &str, problem: Problem) {
        self.add_declared(field, &Spec::default(), problem);
    }
    fn add_declared(&mut self, field: &str, spec: &Spec, problem: Problem) {
        self.add_labelled(field, spec, spec.label.to_owned(), problem);
    }
    fn add_labelled(&mut self, field: &str, spec: &Spec, label: String, problem: Problem) {
        self.0.push(FieldError {
            field: field.to_owned(),
            label,
            ask: spec.ask(),
            problem,
        });
    }
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// As a page asks: problems in the order of these fields, others after them.
    pub fn sort_by_fields(&mut self, order: &[&str]) {
        let place = |name: &str| {
            order
                .iter()
                .position(|field| *field == name)
                .unwrap_or(order.len())
        };
        self.0.sort_by_key(|error| place(&error.field));
    }
    /// Those of one row of a table: `2.unit_price` is the third row's.
    #[must_use]
    pub fn in_row(mut self, row: usize) -> Self {
        for error in &mut self.0 {
            error.field = format!("{row}.{}", error.field);
        }
        self
    }
    /// Those of one row of a table, by its columns.
    #[must_use]
    pub fn of_row(&self, row: usize) -> Self {
        let own = self.0.iter().filter_map(|error| {
            let (of, column) = row_of(&error.field)?;
            let field = column.to_owned();
            (of == row).then(|| FieldError {
                field,
                ..error.clone()
            })
        });
        Self(own.collect())
    }
    /// Without those of one field.
    pub fn forget(&mut self, field: &str) {
        self.0.retain(|error| error.field != field);
    }
    /// What stands at one field stands at another.
    pub fn place(&mut self, from: &str, to: &str) {
        for error in &mut self.0 {
            if error.field == from {
                to.clone_into(&mut error.field);
            }
        }
    }
    /// All of both.
    pub fn append(&mut self, mut others: Self) {
        self.0.append(&mut others.0);
    }
    /// The first field that has a problem.
    pub fn first(&self) -> Option<&str> {
        self.0.first().map(|error| error.field.as_str())
    }
    /// The sentence to show at a field, if it has a problem.
    pub fn at(&self, field: &str) -> Option<String> {
        self.0
            .iter()
            .find(|error| error.field == field)
            .map(FieldError::at_field)
    }
    /// Field and sentence, for the summary above a form.
    pub fn summary(&self) -> Vec<(String, String)> {
        self.0
            .iter()
            .map(|error| (error.field.clone(), error.in_summary()))
            .collect()
    }
    /// Field and sentence.
    pub fn list(&self) -> Vec<(String, String)> {
        self.0
            .iter()
            .map(|error| (error.field.clone(), error.at_field()))
            .collect()
    }
}

/// The row of a table's field and its column: `2.unit_price` is in the third.
fn row_of(field: &str) -> Option<(usize, &str)> {
    let (row, column) = field.split_once('.')?;
    Some((row.parse().ok()?, column))
}

/// Words for fields of forms that are not declared.
mod undeclared {
    use super::row_of;
    use crate::kernel::text;

    /// What an empty one asks for.
    pub(super) fn ask(field: &str) -> String {
        let column = row_of(field).map_or(field, |(_, column)| column);
        match column {
            "name" => "Enter a name.".to_owned(),
            "workshop" => "Enter the workshop name.".to_owned(),
            "email" => "Enter an e-mail.".to_owned(),
            "city" => "Enter a city.".to_owned(),
            "reason" => "Enter a reason.".to_owned(),
            "contact_name" => "Enter who decided.".to_owned(),
            "collected_by" => "Enter who collects it.".to_owned(),
            "signature" => "Sign, or type a name.".to_owned(),
            "body" => "Enter a text.".to_owned(),
            "member" => "Choose a person.".to_owned(),
            "asset" | "advisor" | "audience" | "country" | "customer" | "method" | "payer" | "point"
            | "role" | "to" => format!("Choose the {}.", spoken(column).to_lowercase()),
            _ => format!("Enter the {}.", spoken(column).to_lowercase()),
        }
    }

    /// `odometer_in` as a person calls it.
    pub(super) fn spoken(field: &str) -> String {
        let column = row_of(field).map_or(field, |(_, column)| column);
        let words = match column.trim_end_matches("_in") {
            "email" => "e-mail".to_owned(),
            other => other.replace('_', " "),
        };
        text::capital(&words)
    }
}

/// Collects every field's problem before deciding, so that nothing is mended one at a time.
#[derive(Debug, Default)]
pub struct Checker(FieldErrors);

impl Checker {
    pub fn new() -> Self {
        Self::default()
    }
    /// The value if it parsed; otherwise notes the problem.
    pub fn check<T>(&mut self, field: &str, parsed: Result<T, Problem>) -> Option<T> {
        parsed.map_err(|problem| self.0.add(field, problem)).ok()
    }
    pub fn refuse(&mut self, field: &str, problem: Problem) {
        self.0.add(field, problem);
    }
    /// As [`Checker::check`], for a declared field.
    pub fn declared<T>(&mut self, field: &str, spec: &Spec, parsed: Result<T, Problem>) -> Option<T> {
        parsed
            .map_err(|problem| self.0.add_declared(field, spec, problem))
            .ok()
    }
    /// As [`Checker::declared`], where the label says which of several fields it is.
    pub fn labelled<T>(
        &mut self,
        field: &str,
        spec: &Spec,
        label: String,
        parsed: Result<T, Problem>,
    ) -> Option<T> {
        parsed
            .map_err(|problem| self.0.add_labelled(field, spec, label, problem))
            .ok()
    }
    /// The value of another form's rule; otherwise takes over all its problems.
    pub fn absorb<T>(&mut self, validated: Result<T, FieldErrors>) -> Option<T> {
        validated.map_err(|errors| self.0.append(errors)).ok()
    }
    /// All problems, or the value if there are none.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, FieldErrors> {
        match value {
            Some(value) if self.0.is_empty() => Ok(value),
            _ => Err(self.0),
        }
    }
}
