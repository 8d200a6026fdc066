//! The words of a printed history.
use super::Words;
use crate::domain::order::Phase;
use crate::ui::prelude::HistoryWords;

impl Words {
    /// Where a work order stands.
    pub(crate) fn phase(&self, phase: Phase) -> String {
        self.phrase("phase", [("phase", phase.name().into())])
    }

    /// What a history says beside its visits.
    pub(crate) fn history(&self) -> HistoryWords {
        HistoryWords {
            language: self.language().to_owned(),
            title: self.word("history-title"),
            empty: self.word("history-empty"),
            internal: self.word("history-internal"),
            warranty: self.word("history-warranty"),
        }
    }
}
