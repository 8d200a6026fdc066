//! Columns of cards: the work-order board, the attention inbox.

use leptos::prelude::*;

use crate::ui::text::MaybeText;
use crate::ui::tone::Tone;

/// Columns side by side; on a phone one column and the edge of the next.
#[component]
pub fn Board(
    /// [`BoardColumn`]s.
    children: Children,
) -> impl IntoView {
    view! { <div class="board">{children()}</div> }
}

/// One column.
#[component]
pub fn BoardColumn(
    /// Its name.
    #[prop(into)]
    title: String,
    /// How many cards it has.
    count: usize,
    /// The mood of its phase.
    #[prop(optional)]
    tone: Tone,
    /// [`BoardCard`]s.
    children: Children,
) -> impl IntoView {
    let spoken = title.clone();
    view! {
        <section class="board-col" aria-label=spoken>
            <header class=format!("board-head {}", tone.class())>
                <h2>{title}</h2>
                <span class="count">{count}</span>
            </header>
            {children()}
        </section>
    }
}

/// One card. Its title's link covers the card; buttons among the children stay on top.
#[component]
pub fn BoardCard(
    /// What it is: the car.
    #[prop(into)]
    title: String,
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// The plate or number above the title.
    #[prop(optional, into)]
    plate: MaybeText,
    /// The customer, the concern.
    #[prop(optional, into)]
    sub: MaybeText,
    /// Badges, promised time, people.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <article class="board-card">
            <div class="board-line">
                {plate.get().map(|text| view! { <span class="plate">{text}</span> })}
                <a class="row-link" href=href>
                    {title}
                </a>
            </div>
            {sub.get().map(|text| view! { <p class="sub">{text}</p> })}
            {children.map(|children| view! { <div class="board-line">{children()}</div> })}
        </article>
    }
}
