//! Forms: what people type, the rules that make values of it, and what can be wrong with a field. [`form!`](crate::form) declares one.
#[cfg(feature = "ssr")]
mod declare;
#[cfg(feature = "ssr")]
mod declared;
mod errors;
mod field;
#[cfg(feature = "ssr")]
mod filled;
#[cfg(feature = "ssr")]
mod named;
#[cfg(feature = "ssr")]
mod posted;
#[cfg(feature = "ssr")]
mod reason;
#[cfg(feature = "ssr")]
pub mod rule;

#[cfg(feature = "ssr")]
pub use declared::{FieldSet, Form, FormContext, Model, version, wire_name};
pub use errors::{Checker, FieldErrors, Problem};
pub use field::{Cell, FieldView, Kind, Spec, Word};
#[cfg(feature = "ssr")]
pub use filled::{Filled, FormHead, Refused};
#[cfg(feature = "ssr")]
pub use named::{FieldKey, Named, NamedFields, Rows, named_differences};
#[cfg(feature = "ssr")]
pub use posted::{FromPosted, Posted};
#[cfg(feature = "ssr")]
pub use reason::{KeyForm, NextForm, Reason, ReasonForm};
#[cfg(feature = "ssr")]
pub use rule::Rule;
