//! The frame of sign-in, sign-up and the like: one card, nothing else to do.

use leptos::prelude::*;

use super::nav::Brand;
use crate::ui::text::MaybeText;

/// A centered card with a title.
#[component]
pub fn AuthFrame(
    /// What happens here.
    #[prop(into)]
    title: String,
    /// One sentence under it.
    #[prop(optional, into)]
    lead: MaybeText,
    /// Under the card: "No account yet? …".
    #[prop(optional, into)]
    foot: Option<ViewFnOnce>,
    /// The form.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="auth">
            <header>
                <Brand href="/" />
            </header>
            <main id="main" class="auth-card">
                <div class="card">
                    <div class="card-body stack">
                        <div>
                            <h1>{title}</h1>
                            {lead.get().map(|text| view! { <p class="lead">{text}</p> })}
                        </div>
                        {children()}
                    </div>
                </div>
                {foot.map(|foot| view! { <p class="auth-foot">{foot.run()}</p> })}
            </main>
        </div>
    }
}
