//! What is typed about labels.
use super::model::LabelColor;
use crate::domain::order::Phase;
use crate::form;
use crate::kernel::{Checker, FormContext, LabelId, Problem};

form! {
    /// A label as typed.
    pub(super) struct LabelForm shows LabelFields;
    /// What can be said of a label.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct LabelData {
        phase: Phase = choice::<Phase>("Phase"),
        name: String = line("Name", 30).required().asks("Enter a name."),
        color: LabelColor = choice::<LabelColor>("Color"),
    }
    with {
        /// What the page was rendered for.
        version,
        /// Answers a double click once.
        key,
    }
    checked by of_the_board;
}

/// Closed orders carry no label.
fn of_the_board(_: &LabelForm, data: Option<&mut LabelData>, check: &mut Checker, _: &FormContext) {
    if data.is_some_and(|data| !data.phase.is_open()) {
        check.refuse("phase", Problem::other("Choose a phase of open work orders."));
    }
}

form! {
    /// A button pressed beside a label.
    pub(super) struct ButtonForm shows ButtonFields;
    /// Which one.
    #[derive(Clone, Debug)]
    pub(super) struct Pressed {
        to: String = line("Direction", 10),
    }
}

form! {
    /// An order's label as chosen.
    pub(super) struct SetForm shows SetFields;
    /// What an order is to carry.
    #[derive(Clone, Debug)]
    pub struct Wish {
        /// None takes the label away.
        label: Option<LabelId> = id::<LabelId>("Label").optional(),
        /// The phase that the page showed; if it is another by now, nothing changes.
        phase: Option<Phase> = choice::<Phase>("Phase").optional(),
    }
}
