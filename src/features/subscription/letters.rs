//! The letters that every owner gets about leaving.
use crate::server::mail::{Letter, Target};
use crate::server::messages::Words;

/// The workshop left; `locked_on` is the last day to come back, where it was not locked before.
pub(super) fn left(words: &Words, workshop: &str, who: &str, locked_on: Option<&str>) -> Letter {
    let after = match locked_on {
        Some(day) => words.phrase("left-until", [("day", day.into())]),
        None => words.word("left-locked"),
    };
    let text = words.phrase("left-text", [("who", who.into()), ("workshop", workshop.into())]);
    Letter::ours(words.phrase("left-subject", [("workshop", workshop.into())]))
        .say(text)
        .say(after)
        .button(
            words.word("left-button"),
            Target::Page("/settings/data".to_owned()),
        )
        .written_in(words)
}

/// It came back.
pub(super) fn came_back(words: &Words, workshop: &str, who: &str) -> Letter {
    let text = words.phrase(
        "came-back-text",
        [("who", who.into()), ("workshop", workshop.into())],
    );
    Letter::ours(words.phrase("came-back-subject", [("workshop", workshop.into())]))
        .say(text)
        .button(
            words.word("came-back-button"),
            Target::Page("/dashboard".to_owned()),
        )
        .written_in(words)
}
