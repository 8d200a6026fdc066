//! What can be wrong with a field, and the collection of all of it: the same rule in the browser and on the server.
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

/// Problems by field name, in the order they were found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldErrors(Vec<(String, Problem)>);

impl FieldErrors {
    /// One problem at one field.
    pub fn one(field: &str, problem: Problem) -> Self {
        Self(vec![(field.to_owned(), problem)])
    }
    pub fn add(&mut self, field: &str, problem: Problem) {
        self.0.push((field.to_owned(), problem));
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
        self.0.sort_by_key(|(name, _)| place(name));
    }
    /// The first field that has a problem.
    pub fn first(&self) -> Option<&str> {
        self.0.first().map(|(name, _)| name.as_str())
    }
    /// The sentence to show at a field, if it has a problem.
    pub fn at(&self, field: &str) -> Option<String> {
        self.0
            .iter()
            .find(|(name, _)| name == field)
            .map(|(name, problem)| sentence(name, problem))
    }
    /// Field and sentence, for the summary above a form: a sentence that names no field is led by its label.
    pub fn summary(&self) -> Vec<(String, String)> {
        let line = |(field, problem): &(String, Problem)| {
            let text = match (problem, row_of(field)) {
                (Problem::Other(_) | Problem::Missing, None) => sentence(field, problem),
                (Problem::Missing, Some((row, _))) => {
                    format!("Line {}: {}", row + 1, sentence(field, problem))
                }
                _ => format!("{}: {problem}", spoken(field)),
            };
            (field.clone(), text)
        };
        self.0.iter().map(line).collect()
    }
    /// Field and sentence.
    pub fn list(&self) -> Vec<(String, String)> {
        self.0
            .iter()
            .map(|(field, problem)| (field.clone(), sentence(field, problem)))
            .collect()
    }
}

/// What a person reads at a field; an empty one asks for what belongs there.
fn sentence(field: &str, problem: &Problem) -> String {
    if *problem != Problem::Missing {
        return problem.to_string();
    }
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
        "fiscal_year_start" => "Choose a month.".to_owned(),
        "span" => "Choose how long.".to_owned(),
        "kind" => "Choose a type.".to_owned(),
        "member" => "Choose a person.".to_owned(),
        "asset" | "advisor" | "audience" | "country" | "customer" | "distance_unit" | "method" | "payer"
        | "plan" | "point" | "role" | "to" => format!("Choose the {}.", spoken(column).to_lowercase()),
        _ => format!("Enter the {}.", in_a_sentence(column)),
    }
}

/// A label inside a sentence: only abbreviations keep their capitals.
fn in_a_sentence(field: &str) -> String {
    match field {
        "vin" => "VIN".to_owned(),
        other => spoken(other).to_lowercase(),
    }
}

/// A field of a table's row: `2.unit_price` is the third row's.
fn row_of(field: &str) -> Option<(usize, &str)> {
    let (row, column) = field.split_once('.')?;
    Some((row.parse().ok()?, column))
}

/// `odometer_in` as a person calls it, `2.unit_price` with its line.
fn spoken(field: &str) -> String {
    if let Some((row, column)) = row_of(field) {
        return format!("Line {}, {}", row + 1, spoken(column));
    }
    let field = field.trim_end_matches("_in");
    // Where the label is another word than the column's name.
    let words = match field {
        "phone" => "phone".to_owned(),
        "email" => "e-mail".to_owned(),
        "vin" => "VIN".to_owned(),
        _ => field.replace('_', " "),
    };
    super::text::capital(&words)
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
    /// The value of another form's rule; otherwise takes over all its problems.
    pub fn absorb<T>(&mut self, validated: Result<T, FieldErrors>) -> Option<T> {
        validated.map_err(|errors| self.0.0.extend(errors.0)).ok()
    }
    /// All problems, or the value if there are none.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, FieldErrors> {
        match value {
            Some(value) if self.0.is_empty() => Ok(value),
            _ => Err(self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_says_which_field_is_meant() {
        let mut errors = FieldErrors::one("odometer_in", Problem::Missing);
        errors.add("concerns", Problem::other("Enter what the customer says."));
        errors.add("1.unit_price", Problem::other("Enter it without a minus."));
        let said: Vec<String> = errors
            .summary()
            .into_iter()
            .map(|(_, sentence)| sentence)
            .collect();
        assert_eq!(
            said,
            [
                "Enter the odometer.",
                "Enter what the customer says.",
                "Line 2, Unit price: Enter it without a minus."
            ]
        );
    }
}
