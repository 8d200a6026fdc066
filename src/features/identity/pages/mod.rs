//! The forms of coming in, and what they answer.
pub(super) mod forgot;
pub(super) mod session;
pub(super) mod sign_in;
pub(super) mod sign_up;
pub(super) mod verify;

use super::service::SessionTokens;
use crate::server::auth::scope::Visitor;
use crate::server::http::page::{own_path, see_other};
use axum::http::header;
use axum::response::Response;

/// What greets the owner of a new workshop.
const WELCOME: &str = "Welcome to Gantry. Your workshop is ready.";

/// Into the workshop, with the keys to it; by way of the code where one is due.
pub(crate) fn enter(visitor: &Visitor, keys: &SessionTokens, next: &str) -> Response {
    let next = own_path(next).unwrap_or("/dashboard");
    let mut response = if keys.code_due {
        let query = serde_urlencoded::to_string([("next", next)]).unwrap_or_default();
        see_other(&format!("/sign-in/code?{query}"))
    } else {
        see_other(next)
    };
    for cookie in keys.cookies(visitor) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Where a form that only sets something leads: where it says, or back to the page it was sent from.
fn back(visitor: &crate::server::http::request::RequestInfo, next: &str, otherwise: &str) -> Response {
    let from = visitor.sent_from.as_deref().and_then(own_path);
    see_other(own_path(next).or(from).unwrap_or(otherwise))
}
