//! The start page's bands, from top to bottom.
mod hero;
mod price;
mod words;

pub(super) use hero::{Bay, hero_view};
pub(super) use price::{closing_view, price_view, questions_view, theming_view};
pub(super) use words::{Way, features_view, for_whom_view};

use crate::ui::prelude::*;
use leptos::prelude::*;

/// The buttons that everything here leads to.
fn start_view(signed_in: bool) -> impl IntoView {
    if signed_in {
        return view! {
            <FormActions>
                <ButtonLink href="/dashboard" label="Open workshop" variant=Variant::Primary size=Size::Large/>
            </FormActions>
        }
        .into_any();
    }
    view! {
        <FormActions>
            <ButtonLink href="/sign-up" label="Start free trial" variant=Variant::Primary size=Size::Large/>
            <ButtonLink href="/sign-in" label="Sign in" size=Size::Large/>
        </FormActions>
        <p class="mt-3 text-muted">"30 days free. No card, nothing to install."</p>
    }
    .into_any()
}

/// An icon, a line, a sentence.
#[component]
fn Feature(icon: &'static str, title: &'static str, text: &'static str) -> impl IntoView {
    view! {
        <div>
            <Icon name=icon class="icon-lg"/>
            <h3>{title}</h3>
            <p>{text}</p>
        </div>
    }
}
