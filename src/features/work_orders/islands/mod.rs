//! What reacts while typing. Each island renders the same form without script.
mod line_editor;
mod line_row;
mod signature;

pub use line_editor::LineEditor;
pub use line_row::RowData as LineRow;
pub use signature::SignaturePad;
