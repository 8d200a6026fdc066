//! What we write to people about their accounts. None of it tells a secret; links are made when the letter leaves.
use super::names::browser;
use crate::server::db::links::Post;
use crate::server::http::request::RequestInfo;
use crate::server::mail::{Letter, Target};
use crate::server::state::AppState;
use chrono::{DateTime, Utc};

/// How long the link in a letter of ours stands.
pub const CONFIRM_HOURS: i64 = 48;
pub const RESET_MINUTES: i64 = 30;

const NOT_YOU: &str = "If this was not you, set a new password now. That signs out every browser.";

/// With the id that its mail gets.
pub fn post(state: &AppState, letter: Letter) -> Post {
    Post {
        id: state.clock.new_uuid(),
        letter,
    }
}

fn forgot() -> Target {
    Target::Page("/forgot".to_owned())
}

/// To a new owner, or somebody who asked again.
pub fn confirm_address(person: &str, target: Target) -> Letter {
    Letter::ours("Confirm your e-mail")
        .say(format!("Hello {person},"))
        .say("please confirm that this e-mail is yours. You can already work; we need it to reach you, for example if you forget your password.")
        .button("Confirm e-mail", target)
        .note(format!("The link works for {CONFIRM_HOURS} hours. If you did not sign up, ignore this e-mail."))
}

/// To somebody who has an account, when their address was given in the sign-up form.
pub fn already_here() -> Letter {
    Letter::ours("You already have an account")
        .say("Someone tried to sign up with this e-mail. You already have an account, so nothing was created or changed.")
        .say("If it was you, sign in with your password, or set a new one if you forgot it.")
        .button("Set a new password", forgot())
        .note("If it was not you, you can ignore this e-mail. They did not get in.")
}

/// To whoever forgot the password.
pub fn reset(target: Target) -> Letter {
    Letter::ours("Set a new password")
        .say("Someone asked to reset the password for this e-mail.")
        .button("Set a new password", target)
        .note(format!("The link works once, for {RESET_MINUTES} minutes. If it was not you, ignore this e-mail: your password stays the same."))
}

/// After the password was changed, in whatever way.
pub fn password_changed(at: DateTime<Utc>) -> Letter {
    Letter::ours("Your password was changed")
        .say(format!(
            "The password of your account was changed on {}.",
            moment(at)
        ))
        .say(NOT_YOU)
        .button("It was not me", forgot())
}

/// After a sign-in from a browser that the account did not know.
pub fn new_browser(at: DateTime<Utc>, request: &RequestInfo) -> Letter {
    Letter::ours("New sign-in to your account")
        .say("Your account was used to sign in from a new browser.")
        .say(format!(
            "When: {}\nFrom: {}\nBrowser: {}",
            moment(at),
            request.address,
            browser(&request.user_agent)
        ))
        .say(NOT_YOU)
        .button("It was not me", forgot())
}

/// After a second factor came to an account, or went.
pub fn second_factor(at: DateTime<Utc>, added: bool) -> Letter {
    let (subject, deed) = if added {
        ("Second factor turned on", "set up for your account")
    } else {
        ("Second factor removed", "removed from your account")
    };
    Letter::ours(subject)
        .say(format!("A second factor was {deed} on {}.", moment(at)))
        .say(NOT_YOU)
        .button("It was not me", forgot())
}

fn moment(at: DateTime<Utc>) -> String {
    at.format("%-d %B %Y, %H:%M UTC").to_string()
}
