//! The shared language: words that at least three features need, and nothing else.
//!
//! Compiles for the server and the browser. No SQL, no input or output, no clock; of Leptos only how an error crosses the wire ([`error`]).
pub mod error;
pub mod form;
pub mod ids;
pub mod locale;
pub mod money;
pub mod number;
pub mod org_state;
pub mod page;
pub mod permission;
pub mod terms;
pub mod text;
pub mod text_enum;
pub mod time;

pub use error::{AppError, AppResult, Conflict};
pub use form::{Checker, FieldErrors, Problem};
#[cfg(feature = "ssr")]
pub use form::{Filled, Form, FormContext, Model, Refused};
pub use ids::*;
pub use locale::Locale;
pub use money::{BasisPoints, Currency, Money, Quantity};
pub use org_state::OrgState;
pub use permission::{Permission, Role};
pub use terms::{AssetKind, Terms};
pub(crate) use text_enum::text_enum;
