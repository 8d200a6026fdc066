//! A document on screen as it will be on paper.

use crate::ui::form::{Size, Variant, button_class};
use crate::ui::icon::Icon;
use leptos::prelude::*;

/// The paper a workshop prints on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 8.5 × 11 in.
    Letter,
}

impl Paper {
    /// What the currency's countries print on.
    pub fn usual(currency: &str) -> Self {
        match currency {
            "USD" | "CAD" | "MXN" | "CLP" | "COP" | "PHP" => Self::Letter,
            _ => Self::A4,
        }
    }
}

/// A white sheet on a desk, with tools above it that are not printed.
#[component]
pub fn PrintFrame(
    /// The format.
    #[prop(optional)]
    paper: Paper,
    /// Tools above the sheet: back first, then download or send.
    #[prop(optional, into)]
    tools: Option<ViewFnOnce>,
    /// The document.
    children: Children,
) -> impl IntoView {
    let class = match paper {
        Paper::A4 => "paper",
        Paper::Letter => "paper paper-letter",
    };
    view! {
        <div class="paper-desk">
            {tools.map(|tools| view! { <header class="paper-tools">{tools.run()}</header> })}
            <main id="main" class=class>
                {children()}
            </main>
        </div>
    }
}

/// Prints the page. Hidden until a script is there to do it: the page has to be one that prints.
#[component]
pub fn PrintAction() -> impl IntoView {
    view! {
        <button class=button_class(Variant::Primary, Size::Normal) type="button" data-print="" hidden=true>
            <Icon name="printer" />
            "Print"
        </button>
    }
}
