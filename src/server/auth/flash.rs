//! The word of confirmation that a redirect takes along. It is signed, so that nobody else, such as a sibling subdomain, can put words
//! into our mouth.
use super::session::{cookie, set_cookie};
use crate::server::state::AppState;
use axum::http::{HeaderMap, HeaderValue};
use subtle::ConstantTimeEq;
use uuid::Uuid;

/// How long the next page may take to come.
const LIFETIME_S: i64 = 60;

/// The Set-Cookie value that says it once.
pub fn say(state: &AppState, text: &str) -> HeaderValue {
    let value = format!("{}.{}", hex::encode(text), signature(state, text));
    set_cookie(&state.settings, state.settings.flash_cookie(), &value, LIFETIME_S)
}

/// What the last answer said, if it was ours.
pub fn heard(state: &AppState, headers: &HeaderMap) -> Option<String> {
    let (text, signed) = cookie(headers, state.settings.flash_cookie())?.split_once('.')?;
    let text = String::from_utf8(hex::decode(text).ok()?).ok()?;
    let ours = signature(state, &text);
    bool::from(ours.as_bytes().ct_eq(signed.as_bytes())).then_some(text)
}

/// The Set-Cookie value after it was shown.
pub fn clear(state: &AppState) -> HeaderValue {
    set_cookie(&state.settings, state.settings.flash_cookie(), "", 0)
}

fn signature(state: &AppState, text: &str) -> String {
    state.keys.pepper("flash", Uuid::nil(), text)
}
