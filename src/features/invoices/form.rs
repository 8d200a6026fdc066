//! What people type at a document.
use crate::form;
use crate::kernel::{Checker, FormContext, Problem, time};
use chrono::NaiveDate;

form! {
    /// A draft's own words, as typed.
    pub(super) struct DraftForm shows DraftFields;
    /// A draft's own words.
    #[derive(Clone, Debug)]
    pub struct DraftWords {
        /// Nothing is the workshop's terms, counted from the day of posting.
        due_on: Option<NaiveDate> = date("Due on").optional(),
        subject: String = line("Subject", 120),
    }
    checked by not_past;
}

fn not_past(form: &DraftForm, _: Option<&mut DraftWords>, check: &mut Checker, context: &FormContext) {
    if time::day(&form.due_on).is_ok_and(|day| day < context.today) {
        check.refuse("due_on", Problem::OutOfRange("today or later".into()));
    }
}

form! {
    /// Why an invoice is voided, as typed.
    pub(super) struct VoidForm shows VoidFields;
    /// Why an invoice is voided.
    #[derive(Clone, Debug)]
    pub struct Voiding {
        reason: String = line("Reason", 200).required().asks("Enter a reason."),
        /// Whether a new draft of the work is made at once.
        again: bool = tick("Create a new draft for the work"),
    }
}

form! {
    /// On which paper, as its page's button says.
    pub(super) struct PrintForm shows PrintFields;
    /// On which paper.
    #[derive(Clone, Debug)]
    pub(super) struct Printing {
        /// Whether it is the American format.
        paper: bool = own("Paper", Kind::Hidden, |raw| Ok(raw == "letter"), |letter, _| paper(*letter).to_owned()),
    }
}

/// As addresses and forms name it.
pub(super) const fn paper(letter: bool) -> &'static str {
    if letter { "letter" } else { "a4" }
}
