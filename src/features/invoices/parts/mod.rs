//! Pieces of the document and of its pages.
mod aside;
mod dialogs;
mod lines;
mod sheet;

pub(super) use aside::{Facts, balance_view, payments_view};
pub(super) use dialogs::{
    VoidDialog, edit_dialog_view, pay_dialog_view, post_dialog_view, reverse_dialog_view,
};
pub(super) use lines::{LinesTable, sum_list_view};
pub(super) use sheet::sheet_view;
