//! Amounts.

use leptos::prelude::*;

/// A formatted amount in figures of equal width; what is owed back is red.
#[component]
pub fn Amount(
    /// The amount, formatted with its currency.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let negative = text.starts_with(['-', '\u{2212}']);
    view! { <span class=if negative { "money is-negative" } else { "money" }>{text}</span> }
}
