//! The start page, put together.
use super::parts::{
    Bay, Way, closing_view, features_view, for_whom_view, hero_view, price_view, questions_view, theming_view,
};
use crate::server::http::page::see_other;
use crate::server::prelude::*;
use crate::ui::prelude::*;
use leptos::prelude::*;

const ABOUT: &str = "Gantry is the software a repair workshop runs on: check-in, board, bay, invoice and payment in one place. \
    29 USD a month, 30 days free.";

pub(super) async fn start(visitor: Visitor) -> PageResult {
    // A workshop's own address sells nothing: it leads in.
    if visitor.request.workshop.is_some() {
        return Ok(see_other("/dashboard"));
    }
    let signed_in = visitor.session().await.is_some();
    let theme = visitor.request.theme;
    let page = Page::new("The software a repair workshop runs on").about(ABOUT);
    Ok(visitor.page(page, move || {
        let links = options([
            ("#way", "How it works"),
            ("#features", "Features"),
            ("#price", "Price"),
        ]);
        let way_in = [("/sign-in", "Sign in"), ("/sign-up", "Start free trial")];
        let foot_links = options(way_in.into_iter().filter(|_| !signed_in));
        view! {
            <PublicFrame links foot_links actions=move || view! { <WayIn signed_in/> }>
                {hero_view(signed_in)}
                <Way/>
                <Bay/>
                {features_view()}
                {for_whom_view()}
                {price_view(signed_in)}
                {questions_view()}
                {closing_view(signed_in)}
                {theming_view(theme)}
            </PublicFrame>
        }
    }))
}

/// The end of the header: the way in, or on.
#[component]
fn WayIn(signed_in: bool) -> impl IntoView {
    if signed_in {
        return view! { <ButtonLink href="/dashboard" label="Open workshop" variant=Variant::Primary/> }
            .into_any();
    }
    view! {
        <a href="/sign-in">"Sign in"</a>
        <ButtonLink href="/sign-up" label="Start free trial" variant=Variant::Primary/>
    }
    .into_any()
}
