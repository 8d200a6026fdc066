//! Forms. Each field names its error and its hint to assistive technology by itself; a page passes texts.

mod button;
mod choice;
mod field;
mod form_errors;
mod grid;
#[cfg(feature = "ssr")]
mod head;
mod overtaken;
mod picker;
mod select;
mod shell;

pub use button::{Button, ButtonLink, IconLink, PostButton, Size, SubmitButton, Variant, button_class};
pub use choice::{Checkbox, CheckboxGroup, RadioGroup, Segmented};
pub use field::{Field, MoneyField, TextArea};
pub use form_errors::FormErrors;
pub use grid::{FormActions, FormGrid, FormRow, Hidden};
#[cfg(feature = "ssr")]
pub use head::{FormConflict, FormHead};
pub use overtaken::Overtaken;
pub use picker::FileField;
pub use select::{Select, options};
pub use shell::{FieldShell, Span, field_id, focus_refused, takes_focus};
