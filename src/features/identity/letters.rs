//! What we write to people about their accounts. None of it tells a secret; links are made when the letter leaves.
use super::names::browser_parts;
use crate::server::db::links::Post;
use crate::server::http::request::RequestInfo;
use crate::server::mail::{Letter, Target};
use crate::server::messages::{Words, languages};
use crate::server::state::AppState;
use chrono::{DateTime, Utc};

/// How long the link in a letter of ours stands.
pub const CONFIRM_HOURS: i64 = 48;
pub const RESET_MINUTES: i64 = 30;

/// In every language: which one the account reads is known in the database only, where it must not show who has an account.
pub fn post(state: &AppState, write: impl Fn(&Words) -> Letter) -> Post {
    let letter = |language: &'static str| {
        let words = Words::of(language);
        (language, write(&words).written_in(&words))
    };
    Post {
        id: state.clock.new_uuid(),
        letters: languages().map(letter).collect(),
    }
}

fn forgot() -> Target {
    Target::Page("/forgot".to_owned())
}

/// To a new owner, or somebody who asked again.
pub fn confirm_address(words: &Words, person: &str, target: Target) -> Letter {
    Letter::ours(words.word("confirm-subject"))
        .say(words.phrase("hello", [("person", person.into())]))
        .say(words.word("confirm-text"))
        .button(words.word("confirm-button"), target)
        .note(words.phrase("confirm-note", [("hours", CONFIRM_HOURS.into())]))
}

/// To somebody who has an account, when their address was given in the sign-up form.
pub fn already_here(words: &Words) -> Letter {
    Letter::ours(words.word("account-exists-subject"))
        .say(words.word("account-exists-text"))
        .say(words.word("account-exists-you"))
        .button(words.word("set-password"), forgot())
        .note(words.word("account-exists-note"))
}

/// To whoever forgot the password.
pub fn reset(words: &Words, target: Target) -> Letter {
    Letter::ours(words.word("set-password"))
        .say(words.word("reset-text"))
        .button(words.word("set-password"), target)
        .note(words.phrase("reset-note", [("minutes", RESET_MINUTES.into())]))
}

/// The end of a letter about something that its reader may not have done.
fn alarm(letter: Letter, words: &Words) -> Letter {
    letter
        .say(words.word("not-you"))
        .button(words.word("not-me"), forgot())
}

/// After the password was changed, in whatever way.
pub fn password_changed(words: &Words, at: DateTime<Utc>) -> Letter {
    let letter = Letter::ours(words.word("password-changed-subject"))
        .say(words.phrase("password-changed-text", [("when", words.utc(at).into())]));
    alarm(letter, words)
}

/// After a sign-in from a browser that the account did not know.
pub fn new_browser(words: &Words, at: DateTime<Utc>, request: &RequestInfo) -> Letter {
    let facts = [
        ("when", words.utc(at).into()),
        ("address", request.address.to_string().into()),
        ("browser", browser_in(words, &request.user_agent).into()),
    ];
    let letter = Letter::ours(words.word("new-browser-subject"))
        .say(words.word("new-browser-text"))
        .say(words.phrase("new-browser-facts", facts));
    alarm(letter, words)
}

/// `Firefox on Windows`, as far as it is known.
fn browser_in(words: &Words, user_agent: &str) -> String {
    match browser_parts(user_agent) {
        (Some(browser), Some(system)) => words.phrase(
            "browser-on",
            [("browser", browser.into()), ("system", system.into())],
        ),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => words.word("browser-unknown"),
    }
}

/// After a second factor came to an account, or went.
pub fn second_factor(words: &Words, at: DateTime<Utc>, added: bool) -> Letter {
    let when = words.utc(at);
    let (subject, text) = if added {
        (
            words.word("factor-on-subject"),
            words.phrase("factor-on-text", [("when", when.into())]),
        )
    } else {
        (
            words.word("factor-off-subject"),
            words.phrase("factor-off-text", [("when", when.into())]),
        )
    };
    alarm(Letter::ours(subject).say(text), words)
}
