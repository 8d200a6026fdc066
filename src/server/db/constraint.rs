//! From the database's errors to ours: one boundary, logged once, no text of the database ever leaves it.
use crate::kernel::{AppError, AppResult, Conflict};

impl From<sqlx::Error> for AppError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::RowNotFound => Self::NotFound,
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => {
                tracing::warn!(%error, "The database did not answer in time");
                Self::Busy
            }
            sqlx::Error::Database(db) => from_code(db.code().as_deref().unwrap_or_default(), &error),
            _ => incident(&error),
        }
    }
}

/// Codes GA… are raised by our own triggers; the others are PostgreSQL's (appendix A of its manual).
fn from_code(code: &str, error: &sqlx::Error) -> AppError {
    match code {
        "GA001" => AppError::refused("History cannot be changed."),
        "GA002" => AppError::refused("This work order is closed and cannot be changed."),
        "GA003" => AppError::refused("The work order cannot move there from its current phase."),
        "GA004" => AppError::refused("A posted document cannot be changed. Void it and create a new one."),
        "GA005" => AppError::refused("Work can start only after the customer has approved it."),
        "GA006" => {
            AppError::refused("This job is on an invoice. Void the invoice before you change the job.")
        }
        "GA007" => {
            AppError::refused("A work order is open, here or at another branch. Deliver or cancel it first.")
        }
        "GA008" => AppError::refused("This is archived. Restore it first."),
        "GA009" => AppError::refused("This invoice is for work that was not done. Finish it first."),
        "GA030" => AppError::refused("This workshop is not accepting new members right now. Ask its owner."),
        "GA020" => AppError::refused("This is the last owner. Make someone else an owner first."),
        "GA021" => AppError::refused("This currency is used on invoices or payments, so it cannot change."),
        // Whoever names what is not theirs; a missing grant looks the same, so it is logged.
        "23503" | "42501" => {
            tracing::warn!(%error, "A row was refused by a reference or a policy");
            AppError::NotFound
        }
        // A unique row that a rule of ours expects is named where the statement stands ([`OnConstraint`]).
        "23505" => Conflict::Duplicate(logged(error)).into(),
        "40001" | "40P01" => {
            tracing::warn!(%error, "Two transactions got in each other's way");
            Conflict::Collided.into()
        }
        "23502" | "23514" | "22001" | "22003" | "22008" | "22021" | "22P05" => {
            tracing::warn!(%error, "A value passed validation and was refused by the schema");
            AppError::BadRequest("a value is out of range".into())
        }
        "53300" | "55P03" | "57014" | "57P01" | "57P02" | "57P03" | "53100" => {
            tracing::warn!(%error, "The database is busy");
            AppError::Busy
        }
        _ => incident(error),
    }
}

/// Logs an error once and gives the code to quote.
pub fn incident(error: &dyn std::fmt::Display) -> AppError {
    AppError::Internal(logged(error))
}

fn logged(error: &dyn std::fmt::Display) -> String {
    let code = hex::encode(rand::random::<[u8; 5]>());
    tracing::error!(incident = %code, %error, "Unexpected failure");
    code
}

/// Gives a named constraint its meaning where the statement stands.
pub trait OnConstraint<T> {
    /// `wrong()` if exactly this constraint was violated; any other error takes the usual way.
    ///
    /// # Errors
    /// The error that `wrong` gives, or that of the database.
    fn on_constraint(self, name: &str, wrong: impl FnOnce() -> AppError) -> AppResult<T>;
}

impl<T> OnConstraint<T> for Result<T, sqlx::Error> {
    fn on_constraint(self, name: &str, wrong: impl FnOnce() -> AppError) -> AppResult<T> {
        self.map_err(|error| match &error {
            sqlx::Error::Database(db) if db.constraint() == Some(name) => wrong(),
            _ => error.into(),
        })
    }
}
