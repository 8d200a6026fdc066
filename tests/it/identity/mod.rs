//! Coming in and staying in.
mod account;
mod examples;
mod networks;
mod session;
mod sign_up;
mod throttle;

use crate::kit::{Actor, Answer, PASSWORD};
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, header};
use std::net::{IpAddr, SocketAddr};

/// A sign-in from an address, with headers of the sender's own.
async fn guess_from(
    actor: &Actor,
    address: impl Into<IpAddr>,
    email: &str,
    password: &str,
    extra: &[(&str, &str)],
) -> Answer {
    let mut request = Request::post("/sign-in")
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .extension(ConnectInfo(SocketAddr::new(address.into(), 40_000)));
    for (name, value) in extra {
        request = request.header(*name, *value);
    }
    let form = serde_urlencoded::to_string([("email", email), ("password", password)]).expect("a form");
    actor.send(request, Body::from(form)).await
}

async fn sign_in(actor: &Actor, email: &str) -> Answer {
    actor
        .post("/sign-in", &[("email", email), ("password", PASSWORD)])
        .await
}

/// Headers without what differs at every answer: time, ids, nonces, and the value of each cookie.
fn shape(answer: &Answer) -> Vec<String> {
    let mut lines: Vec<String> = answer
        .headers
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "x-request-id" | "server-timing" | "date"))
        .map(|(name, value)| {
            let value = value.to_str().expect("a printable header");
            let shown = match name.as_str() {
                "content-security-policy" => value.split("'nonce-").next().unwrap_or_default().to_owned(),
                "set-cookie" => without_hex(value),
                _ => value.to_owned(),
            };
            format!("{name}: {shown}")
        })
        .collect();
    lines.sort();
    lines
}

/// Every run of 32 or more hexadecimal digits is the same to a reader.
fn without_hex(text: &str) -> String {
    let (mut out, mut run) = (String::new(), String::new());
    for c in text.chars().chain([' ']) {
        if c.is_ascii_hexdigit() {
            run.push(c);
            continue;
        }
        out.push_str(if run.len() >= 32 { "#" } else { &run });
        run.clear();
        out.push(c);
    }
    out
}
