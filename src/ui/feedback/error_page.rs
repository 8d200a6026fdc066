//! The page instead of the page: what went wrong, in words, and the next step.

use leptos::prelude::*;

use crate::ui::form::{ButtonLink, Variant};
use crate::ui::text::MaybeText;

/// What a status says to a person: title, words, and where to go (address and label).
fn words(status: u16) -> (&'static str, &'static str, (&'static str, &'static str)) {
    const HOME: (&str, &str) = ("/", "Go to the start page");
    match status {
        401 => (
            "Please sign in",
            "You are signed out, or this page needs an account.",
            ("/sign-in", "Sign in"),
        ),
        403 => (
            "You don't have access",
            "Your role does not include this. Ask an owner of your workshop.",
            HOME,
        ),
        404 => (
            "Page not found",
            "The page does not exist, or it belongs to another branch. Try the search above.",
            HOME,
        ),
        409 => (
            "Someone else changed this",
            "This changed while you were working on it. Open it again, then repeat your change.",
            HOME,
        ),
        429 => (
            "Too many attempts",
            "Too many attempts. Wait a minute, then try again.",
            HOME,
        ),
        503 => ("Server is busy", "Try again in a few seconds.", HOME),
        _ => (
            "Something went wrong",
            "This is our fault, and nothing was saved. Try again. If it keeps happening, send us the number below.",
            HOME,
        ),
    }
}

/// A status as a page.
#[component]
pub fn ErrorPage(
    /// 401, 403, 404, 409, 429, 500, 503.
    status: u16,
    /// A better title than the general one.
    #[prop(optional, into)]
    title: MaybeText,
    /// Better words than the general ones.
    #[prop(optional, into)]
    text: MaybeText,
    /// The way on, if there is a better one than the start page: address and label.
    #[prop(optional_no_strip)]
    next: Option<(String, String)>,
    /// What to tell support.
    #[prop(optional, into)]
    request_id: MaybeText,
    /// More under the words: what is missing, each with its link.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (general_title, general, (href, label)) = words(status);
    let (href, label) = next.unwrap_or_else(|| (href.to_owned(), label.to_owned()));
    view! {
        <div class="error-page">
            <p class="error-code" aria-hidden="true">
                {status}
            </p>
            <h1>{title.get().unwrap_or_else(|| general_title.to_owned())}</h1>
            <p>{text.get().unwrap_or_else(|| general.to_owned())}</p>
            {children.map(|children| children())}
            <div class="form-actions">
                <ButtonLink href label variant=Variant::Primary />
            </div>
            {request_id.get().map(|id| view! { <p class="mt-4 text-xs">"Request " <code>{id}</code></p> })}
        </div>
    }
}
