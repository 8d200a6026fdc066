//! The frame of public pages: landing, prices, approval by link.

use leptos::prelude::*;

use super::nav::Brand;

/// Header with the product's name and the way in, the page, and a foot.
#[component]
pub fn PublicFrame(
    /// Links in the header: address and words.
    #[prop(optional)]
    links: Vec<(String, String)>,
    /// Buttons at the end of the header; "Sign in" and "Start free trial" when absent.
    #[prop(optional, into)]
    actions: Option<ViewFnOnce>,
    /// Links in the foot.
    #[prop(optional)]
    foot_links: Vec<(String, String)>,
    /// The page.
    children: Children,
) -> impl IntoView {
    let link = |(href, label): (String, String)| view! { <a class="max-sm:hidden!" href=href>{label}</a> };
    let actions = match actions {
        Some(actions) => actions.run(),
        None => view! { <WayIn /> }.into_any(),
    };
    view! {
        <a class="skip" href="#main">
            "Skip to content"
        </a>
        <header class="public-top">
            <div>
                <Brand href="/" />
                <nav aria-label="Main">{links.into_iter().map(link).collect_view()} {actions}</nav>
            </div>
        </header>
        <main id="main" tabindex="-1">
            {children()}
        </main>
        <footer class="public-foot">
            <div>
                <span>"Gantry, the software a repair workshop runs on"</span>
                {foot_links
                    .into_iter()
                    .map(|(href, label)| view! { <a href=href>{label}</a> })
                    .collect_view()}
            </div>
        </footer>
    }
}

#[component]
fn WayIn() -> impl IntoView {
    view! {
        <a href="/sign-in">"Sign in"</a>
        <a class="btn btn-primary" href="/sign-up">
            "Start free trial"
        </a>
    }
}
