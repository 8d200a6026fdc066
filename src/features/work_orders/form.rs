//! The detail page holds many small forms. A refused one comes back with what was typed, at the place where it stands.
use crate::domain::line::LineFields;
use crate::domain::order::Payer;
use crate::form;
use crate::kernel::error::Missing;
use crate::kernel::*;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;
use std::any::Any;
use std::collections::HashMap;
use std::sync::Arc;

/// A posted form's fields as strings; a missing one is empty.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub(super) struct Fields(HashMap<String, Value>);

impl Fields {
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).and_then(Value::as_str).unwrap_or_default()
    }
    /// Everything posted as `name[]`.
    pub fn all(&self, name: &str) -> Vec<String> {
        let list = self.0.get(name).and_then(Value::as_array);
        list.into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(ToOwned::to_owned)
            .collect()
    }
    pub fn is_on(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }
    /// Names and values that parse as typed ids: one radio group per row is named by the row's id.
    pub fn by_id<T: std::str::FromStr>(&self) -> Vec<(T, String)> {
        self.0
            .iter()
            .filter_map(|(name, value)| Some((name.parse().ok()?, value.as_str()?.to_owned())))
            .collect()
    }
    /// An id chosen in a select; nothing chosen is `None`.
    pub fn id<T: std::str::FromStr>(&self, name: &str) -> Result<Option<T>, Problem> {
        match self.get(name) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| Problem::Missing),
        }
    }
    /// The rows of a job's table, column by column.
    pub fn lines(&self) -> Vec<LineFields> {
        let column = |name: &str| self.all(name);
        let (kinds, texts, parts) = (column("kind"), column("description"), column("part_number"));
        let (quantities, prices, taxes) = (column("quantity"), column("unit_price"), column("tax"));
        let cell = |column: &[String], at: usize| column.get(at).cloned().unwrap_or_default();
        column("line")
            .into_iter()
            .enumerate()
            .map(|(at, id)| LineFields {
                id,
                kind: cell(&kinds, at),
                description: cell(&texts, at),
                part_number: cell(&parts, at),
                quantity: cell(&quantities, at),
                unit_price: cell(&prices, at),
                tax: cell(&taxes, at),
            })
            .collect()
    }
}

form! {
    /// Promise and advisor as typed.
    pub(super) struct DetailsForm shows DetailsFields;
    /// Promise, advisor and what the bay has to know.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Details {
        promised_at: Option<DateTime<Utc>> = moment("Promised for").optional(),
        advisor: Option<MemberId> = id::<MemberId>("Advisor").optional(),
        waiting: bool = tick("Customer is waiting"),
        urgent: bool = tick("Urgent"),
        off_site: bool = tick("The vehicle is not here"),
        key_tag: String = line("Key tag number", 20),
    }
    with {
        /// What the page was rendered for.
        version,
    }
}

form! {
    /// A job as typed.
    pub(super) struct JobForm shows JobFields;
    /// A job, about to be written.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct NewJob {
        title: String = line("Title", 200).required(),
        payer: Payer = choice::<Payer>("Pay type"),
    }
    with {
        /// What the page was rendered for, where there is a job already.
        version,
        /// Answers a double click once, where it is added.
        key,
        /// Pressed to take it away.
        remove,
    }
    tidied by paid_by_customer;
}

/// Who pays is the customer, unless something else is said.
fn paid_by_customer(form: &mut JobForm) {
    if form.payer.is_empty() {
        Payer::Customer.name().clone_into(&mut form.payer);
    }
}

/// A refused form: which, with what it held and why. [`RejectedForm::none`] for a page that is just looked at.
#[derive(Clone, Debug, Default)]
pub(super) struct RejectedForm {
    /// `job:job_…`: the kind of form and what it is about.
    form: String,
    pub fields: Fields,
    /// A declared form as it was typed.
    typed: Option<Arc<dyn Any + Send + Sync>>,
    refused: Refused,
    pub errors: FieldErrors,
    pub refusal: Option<Refusal>,
}

/// Why nothing happened, with the way out.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    pub sentence: String,
    pub missing: Vec<Missing>,
    pub changed_meanwhile: bool,
}

impl RejectedForm {
    pub fn none() -> Self {
        Self::default()
    }
    pub fn of(form: impl Into<String>, fields: &Fields) -> Self {
        Self {
            form: form.into(),
            fields: fields.clone(),
            ..Self::default()
        }
    }
    /// A declared form.
    pub fn typed<F: Form + Send + Sync + 'static>(form: impl Into<String>, typed: F) -> Self {
        Self {
            form: form.into(),
            typed: Some(Arc::new(typed)),
            ..Self::default()
        }
    }
    /// With the reason why nothing happened.
    pub fn refused(self, refused: Refused) -> Self {
        let errors = refused.errors.clone();
        let draft = match &refused.conflict {
            Some(conflict) => self.conflict(conflict),
            None => self,
        };
        Self {
            errors,
            refused,
            ..draft
        }
    }
    /// This form with what was typed into it, or as it is saved.
    pub fn filled<F: Form + Clone + 'static>(&self, form: &str, saved: F) -> Filled<F> {
        let typed = self.typed.as_ref().filter(|_| self.is(form));
        match typed.and_then(|typed| typed.downcast_ref::<F>()) {
            Some(typed) => Filled::again(typed.clone(), self.refused.clone()),
            None => Filled::new(saved),
        }
    }
    fn conflict(self, conflict: &Conflict) -> Self {
        let (sentence, missing) = match conflict {
            Conflict::NotReady { missing } => ("This is not ready yet. Missing:".to_owned(), missing.clone()),
            other => (other.to_string(), Vec::new()),
        };
        let refusal = Refusal {
            sentence,
            missing,
            changed_meanwhile: *conflict == Conflict::ChangedMeanwhile,
        };
        Self {
            refusal: Some(refusal),
            ..self
        }
    }
    /// Where on the page this form stands.
    pub fn anchor(&self) -> String {
        let (kind, about) = self.form.split_once(':').unwrap_or((&self.form, ""));
        match kind {
            "lines" => format!("#{about}"),
            "job" => "#jobs".to_owned(),
            "concern" => "#concerns".to_owned(),
            "decision" => "#decisions".to_owned(),
            "assign" => "#technicians".to_owned(),
            "note" | "attention" => "#notes".to_owned(),
            other => format!("#{other}"),
        }
    }
    pub fn is(&self, form: &str) -> bool {
        self.form == form
    }
    /// Whether any form was refused.
    pub fn is_refused(&self) -> bool {
        !self.form.is_empty()
    }
    /// What was typed into this form, or what is saved.
    pub fn value(&self, form: &str, field: &str, saved: impl Into<String>) -> String {
        if self.is(form) {
            self.fields.get(field).to_owned()
        } else {
            saved.into()
        }
    }
    pub fn error(&self, form: &str, field: &str) -> Option<String> {
        self.errors.at(field).filter(|_| self.is(form))
    }
    /// The rows that were typed into this form.
    pub fn lines(&self, form: &str) -> Option<Vec<LineFields>> {
        self.is(form).then(|| self.fields.lines())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_row_by_row() {
        let fields: Fields = serde_json::from_value(serde_json::json!({
            "line": ["", "lin_x"], "kind": ["labor", "part"], "description": ["A", "B"], "quantity": ["1"]
        }))
        .expect("fields");
        let rows = fields.lines();
        assert_eq!(rows.len(), 2);
        assert_eq!((rows[1].kind.as_str(), rows[1].quantity.as_str()), ("part", ""));
    }
}
