//! A document on screen as it will be on paper.

use crate::ui::form::{Size, SubmitButton, Variant, button_class};
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
    /// Its print is recorded: only then it goes on paper.
    #[prop(optional)]
    ready: bool,
    /// Tools above the sheet: back first, then download or send.
    #[prop(optional, into)]
    tools: Option<ViewFnOnce>,
    /// The document.
    children: Children,
) -> impl IntoView {
    let class = match (paper, ready) {
        (Paper::A4, true) => "paper",
        (Paper::Letter, true) => "paper paper-letter",
        (Paper::A4, false) => "paper paper-unrecorded",
        (Paper::Letter, false) => "paper paper-letter paper-unrecorded",
    };
    let first = (!ready).then(
        || view! { <p class="print-first">"Press “Print” above the document: each print is recorded."</p> },
    );
    view! {
        <div class="paper-desk">
            {tools.map(|tools| view! { <header class="paper-tools">{tools.run()}</header> })}
            {first}
            <main id="main" class=class>
                {children()}
            </main>
        </div>
    }
}

/// Records a print and then prints. What is recorded already is printed again by a button that is hidden until a script is there to do it.
#[component]
pub fn PrintAction(
    /// The form that records it.
    #[prop(into)]
    action: String,
    /// What the form posts.
    #[prop(optional)]
    fields: Vec<(String, String)>,
    /// It is recorded.
    ready: bool,
) -> AnyView {
    if !ready {
        let fields = fields
            .into_iter()
            .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
            .collect_view();
        return view! {
            <form method="post" action=action data-print="">
                {fields}
                <SubmitButton label="Print" icon="printer" />
            </form>
        }
        .into_any();
    }
    view! {
        <button class=button_class(Variant::Primary, Size::Normal) type="button" data-print="" hidden=true>
            <Icon name="printer" />
            "Print"
        </button>
    }
    .into_any()
}
