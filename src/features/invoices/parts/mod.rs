//! Pieces of the document and of its pages.
mod aside;
mod dialogs;
mod lines;
mod sheet;

pub(super) use aside::{Balance, Facts, Payments};
pub(super) use dialogs::{EditDialog, PayDialog, PostDialog, ReverseDialog, VoidDialog};
pub(super) use lines::{LinesTable, SumList};
pub(super) use sheet::Sheet;
