//! Two tabs, two workshops: every form and every call of an island says which workshop its page was shown for. A session that went
//! to another one meanwhile gets an error that says so, and nothing is written to the wrong workshop.
use crate::server::request::RequestInfo;
use axum::http::{header, request::Parts};
use std::sync::Arc;

/// The hidden field of forms.
pub const FIELD: &str = "_org";
/// What islands send instead.
pub const HEADER: &str = "x-gantry-org";

/// Remembers what a form's hidden field says.
pub fn note(parts: &Parts, body: &[u8]) {
    let form = parts
        .headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
    let Some(info) = parts.extensions.get::<Arc<RequestInfo>>().filter(|_| form) else {
        return;
    };
    let named = body
        .split(|byte| *byte == b'&')
        .filter_map(|pair| pair.strip_prefix(FIELD.as_bytes())?.strip_prefix(b"="));
    if let Some(org) = named.filter_map(|value| std::str::from_utf8(value).ok()).next() {
        // A header that came first says the same.
        let _ = info.shown_for.set(org.to_owned());
    }
}

/// Puts the hidden field into every form that posts. It is done to the finished page, so that no form can forget it; what an island
/// holds must stay as the browser's part knows it, so there the field stands outside and names its form.
pub fn mark(html: &str, org: &str) -> String {
    let mut marked = String::with_capacity(html.len() + 1024);
    let mut outside = String::new();
    let (mut rest, mut islands) = (html, 0_usize);
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        marked.push_str(before);
        if tag.starts_with("<leptos-island") {
            islands += 1;
        } else if tag.starts_with("</leptos-island") {
            islands = islands.saturating_sub(1);
        }
        let end = if tag.starts_with("<form") { tag_end(tag) } else { 1 };
        let (tag, after) = tag.split_at(end);
        marked.push_str(tag);
        if tag.contains(" method=\"post\"") && !tag.contains(" data-anywhere") {
            match attribute(tag, "id") {
                _ if islands == 0 => marked.push_str(&field(org, "")),
                Some(id) => outside.push_str(&field(org, id)),
                None => {}
            }
        }
        rest = after;
    }
    marked.push_str(rest);
    marked.push_str(&outside);
    marked
}

fn field(org: &str, form: &str) -> String {
    let form = match form {
        "" => String::new(),
        id => format!(" form=\"{id}\""),
    };
    format!("<input type=\"hidden\" name=\"{FIELD}\" value=\"{org}\"{form}>")
}

/// Where a tag ends; a `>` inside quotes is part of a value.
fn tag_end(tag: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in tag.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at + 1,
            _ => {}
        }
    }
    tag.len()
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, value) = tag.split_once(&format!(" {name}=\""))?;
    value.split_once('"').map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::mark;

    #[test]
    fn every_form_that_posts_says_its_workshop_and_an_islands_from_outside() {
        let html = "<form method=\"post\" action=\"/a\"><b>x</b></form><form action=\"/find\"></form>\
             <leptos-island><form id=\"f-1\" method=\"post\" class=\"a > b\"></form></leptos-island>\
             <form method=\"post\" action=\"/session/workshop\" data-anywhere=\"\"></form>";
        assert_eq!(
            mark(html, "org_1"),
            "<form method=\"post\" action=\"/a\"><input type=\"hidden\" name=\"_org\" value=\"org_1\"><b>x</b></form><form action=\"/find\"></form>\
             <leptos-island><form id=\"f-1\" method=\"post\" class=\"a > b\"></form></leptos-island>\
             <form method=\"post\" action=\"/session/workshop\" data-anywhere=\"\"></form>\
             <input type=\"hidden\" name=\"_org\" value=\"org_1\" form=\"f-1\">"
        );
    }

    #[test]
    fn what_people_wrote_is_no_form() {
        let text = "a &lt;form method=\"post\"&gt; <p title=\"x\">b</p>";
        assert_eq!(mark(text, "org_1"), text);
    }
}
