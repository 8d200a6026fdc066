//! A form of the page that was refused.
use crate::kernel::error::Missing;
use crate::kernel::*;
use std::any::Any;
use std::sync::Arc;

/// A refused form: which, with what it held and why. [`RejectedForm::none`] for a page that is just looked at.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct RejectedForm {
    /// `job:job_…`: the kind of form and what it is about.
    form: String,
    /// As it was typed.
    typed: Option<Arc<dyn Any + Send + Sync>>,
    refused: Refused,
    pub errors: FieldErrors,
    pub refusal: Option<Refusal>,
}

/// Why nothing happened, with the way out.
#[derive(Clone, Debug)]
pub(in super::super) struct Refusal {
    pub sentence: String,
    pub missing: Vec<Missing>,
    pub changed_meanwhile: bool,
}

impl RejectedForm {
    pub(crate) fn none() -> Self {
        Self::default()
    }
    pub(crate) fn of<F: Form + Send + Sync + 'static>(form: impl Into<String>, typed: F) -> Self {
        Self {
            form: form.into(),
            typed: Some(Arc::new(typed)),
            ..Self::default()
        }
    }
    /// With the reason why nothing happened.
    pub(crate) fn refused(self, refused: Refused) -> Self {
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
    pub(crate) fn filled<F: Form + Clone + 'static>(&self, form: &str, saved: F) -> Filled<F> {
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
    pub(crate) fn anchor(&self) -> String {
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
    pub(crate) fn is(&self, form: &str) -> bool {
        self.form == form
    }
    /// What was typed, if it was a form of this kind.
    pub(crate) fn typed<F: 'static>(&self) -> Option<&F> {
        self.typed.as_ref()?.downcast_ref()
    }
}
