//! The shared language: words that at least three features need, and nothing else.
//!
//! Compiles for the server and the browser. No Leptos, no SQL, no input or output, no clock.
pub mod error;
pub mod form;
pub mod ids;
pub mod money;
pub mod number;
pub mod page;
pub mod permission;
pub mod standing;
pub mod text;
pub mod time;

pub use error::{AppError, AppResult, Conflict};
pub use form::{Checker, FieldErrors, Problem};
pub use ids::*;
pub use money::{BasisPoints, Currency, Money, Quantity};
pub use permission::{Permission, Role};
pub use standing::OrgState;
