//! A form on its page: just opened, or shown again after a write that was refused.
use super::{FieldErrors, Form, FormContext, Model, Problem};
use crate::kernel::error::{AppError, AppResult, Conflict};

/// Why a write was refused, for the page that shows its form again.
#[derive(Clone, Debug, Default)]
pub struct Refused {
    pub errors: FieldErrors,
    pub conflict: Option<Conflict>,
    status: u16,
    /// Seconds to wait after too many tries.
    retry_after: Option<u32>,
    /// For a form whose key was used for something else.
    fresh_key: String,
}

impl Refused {
    /// Takes what a form can show; everything else stays an error.
    ///
    /// # Errors
    /// What is not about the form: somebody else's row, a lost connection.
    pub fn of(error: AppError, fresh_key: impl FnOnce() -> String) -> AppResult<Self> {
        let status = error.status();
        let refused = match error.clone() {
            AppError::Invalid(errors) => Self {
                errors,
                ..Self::default()
            },
            AppError::Conflict(conflict @ (Conflict::ReadOnly | Conflict::OtherWorkshop)) => {
                return Err(conflict.into());
            }
            AppError::Conflict(conflict) => Self {
                conflict: Some(conflict),
                fresh_key: fresh_key(),
                ..Self::default()
            },
            AppError::SlowDown { retry_after_s } => Self {
                errors: FieldErrors::one("", Problem::other(error.to_string())),
                retry_after: Some(retry_after_s),
                ..Self::default()
            },
            other => return Err(other),
        };
        Ok(Self { status, ..refused })
    }

    /// As [`Refused::of`], for a form without a key.
    ///
    /// # Errors
    /// What is not about the form.
    pub fn unkeyed(error: AppError) -> AppResult<Self> {
        Self::of(error, String::new)
    }

    /// What is about the whole form stands at this field.
    #[must_use]
    pub fn at(mut self, field: &str) -> Self {
        self.errors.place("", field);
        self
    }

    /// 422 where something typed has to change, 409 where the state of things is in the way, 429 after too many tries.
    pub const fn status(&self) -> u16 {
        self.status
    }
    /// Seconds to wait after too many tries.
    pub const fn retry_after(&self) -> Option<u32> {
        self.retry_after
    }
}

/// A form with everything that its page says about it.
#[derive(Clone, Debug)]
pub struct Filled<F> {
    pub form: F,
    pub errors: FieldErrors,
    /// Why the state of things was in the way.
    pub conflict: Option<Conflict>,
    /// What somebody else saved meanwhile, where it differs.
    pub theirs: Option<Vec<(String, String)>>,
    status: u16,
    retry_after: Option<u32>,
}

impl<F: Form> Default for Filled<F> {
    fn default() -> Self {
        Self::new(F::default())
    }
}

impl<F: Form> Filled<F> {
    /// A form that was just opened.
    pub fn new(form: F) -> Self {
        Self {
            form,
            errors: FieldErrors::default(),
            conflict: None,
            theirs: None,
            status: 200,
            retry_after: None,
        }
    }

    /// With everything typed, and why nothing happened.
    pub fn again(mut form: F, refused: Refused) -> Self {
        if refused.conflict == Some(Conflict::AlreadySent) {
            form.set("key", &refused.fresh_key);
        }
        Self {
            form,
            errors: refused.errors,
            conflict: refused.conflict,
            theirs: None,
            status: refused.status,
            retry_after: refused.retry_after,
        }
    }

    /// Beside what is saved now: if somebody changed it meanwhile, both versions are shown, and saving again is a decision.
    #[must_use]
    pub fn beside(mut self, saved: &F::Model, version: i32, context: &FormContext) -> Self
    where
        F::Model: Model,
    {
        if self.conflict == Some(Conflict::ChangedMeanwhile) {
            let mine = self.form.parse(context);
            self.theirs = Some(
                mine.map(|mine| mine.differences(saved, context))
                    .unwrap_or_default(),
            );
            self.form.set("version", &version.to_string());
        }
        self
    }

    /// If somebody changed it meanwhile, saving again goes by what is saved now: this is what a page without a version was rendered for.
    #[must_use]
    pub fn going_by(mut self, name: &str, saved: &str) -> Self {
        if self.conflict == Some(Conflict::ChangedMeanwhile) {
            self.form.set(name, saved);
        }
        self
    }

    /// With a key of its own, for a page that makes a fresh one each time.
    #[must_use]
    pub fn keyed(mut self, key: &str) -> Self {
        self.form.set("key", key);
        self
    }
    pub const fn status(&self) -> u16 {
        self.status
    }
    /// Seconds to wait after too many tries.
    pub const fn retry_after(&self) -> Option<u32> {
        self.retry_after
    }
    /// Whether it is shown again.
    pub const fn is_refused(&self) -> bool {
        self.status != 200
    }
    /// Its fields, each with its error.
    pub fn fields(&self) -> F::Fields {
        self.form.fields(&self.errors)
    }
    /// What stands above the fields.
    pub fn head(&self) -> FormHead {
        FormHead {
            errors: self.errors.clone(),
            conflict: self.conflict.clone(),
            theirs: self.theirs.clone(),
        }
    }
}

/// What stands above a form's fields.
#[derive(Clone, Debug, Default)]
pub struct FormHead {
    pub errors: FieldErrors,
    pub conflict: Option<Conflict>,
    pub theirs: Option<Vec<(String, String)>>,
}

impl FormHead {
    /// Without what the page says about this field in its own words.
    #[must_use]
    pub fn without(mut self, field: &str) -> Self {
        self.errors.forget(field);
        self
    }
}
