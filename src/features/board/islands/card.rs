//! A card: what it shows, and three of the ways to move it (the fourth, without script, is its menu's form).
use super::super::model::{Card, Promise, droppable};
use super::desk::{BoardState, refocus};
use super::drag;
use crate::domain::order::Phase;
use crate::ui::prelude::*;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

#[component]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub(super) fn CardView(desk: BoardState, card: Card) -> impl IntoView {
    let href = format!("/work-orders/{}", card.id);
    let handle = drag::Handle {
        desk,
        id: card.id.clone(),
        from: card.phase,
    };
    let (down, moved, up) = (handle.clone(), handle.clone(), handle.clone());
    let is_moving = {
        let id = card.id.clone();
        move || desk.drag.with(|d| d.as_ref().is_some_and(|d| d.holds(&id)))
    };
    view! {
        <article
            class="board-card"
            class:is-moving=is_moving
            on:pointerdown=move |ev| down.press(&ev)
            on:pointermove=move |ev| moved.drag(&ev)
            on:pointerup=move |ev| up.drop(&ev)
            on:pointercancel=move |ev| handle.cancel(&ev)
            on:dragstart=|ev| ev.prevent_default()
        >
            <div class="board-line flex-nowrap">
                <span class="board-id">
                    {(!card.plate.is_empty()).then(|| view! { <span class="plate">{card.plate.clone()}</span> })}
                    <a class="row-link" href=href>{card.number.clone()}</a>
                </span>
                {desk.may_move.then(|| view! { <Moves desk id=card.id.clone() number=card.number.clone() phase=card.phase/> })}
            </div>
            <p class="sub">{format!("{} · {}", card.asset, card.customer)}</p>
            <CardFacts card/>
        </article>
    }
    .into_any()
}

#[component]
fn CardFacts(card: Card) -> impl IntoView {
    let (tone, spoken) = match card.promise {
        Promise::Past => (Tone::Danger, "Overdue: "),
        Promise::Soon => (Tone::Warning, "Due within the hour: "),
        Promise::Later | Promise::Kept => (Tone::Neutral, ""),
    };
    let people = card
        .technicians
        .into_iter()
        .map(|name| view! { <Avatar name=name/> })
        .collect_view();
    view! {
        <div class="board-line">
            <Chips of=card.chips/>
            {card.attention.then(|| view! { <Badge label="Attention" tone=Tone::Danger icon="alert-triangle"/> })}
            {card.urgent.then(|| view! { <Badge label="Urgent" tone=Tone::Danger/> })}
            {(!card.promised.is_empty()).then(|| view! { <Badge label=format!("{spoken}{}", card.promised) tone=tone icon="clock"/> })}
            {card.waiting.then(|| view! { <Badge label="Waiting" tone=Tone::Info icon="user"/> })}
            {card.undecided.then(|| view! { <Badge label="Needs approval" tone=Tone::Warning/> })}
        </div>
        <div class="board-line text-sm">
            <span class="text-muted" title="Time in this phase">{card.dwell}</span>
            {(!card.key_tag.is_empty()).then(|| view! { <span>{card.key_tag}</span> })}
            <span class="tabular-nums">{card.money}</span>
            <span class="ml-auto flex">{people}</span>
        </div>
    }
    .into_any()
}

/// The grip (drag it, or press the arrow keys on it) and the menu.
#[component]
fn Moves(desk: BoardState, id: String, number: String, phase: Phase) -> impl IntoView {
    let menu = format!("move-{id}");
    let keys = {
        let id = id.clone();
        move |ev: KeyboardEvent| by_key(desk, &id, phase, &ev)
    };
    let places = phase
        .next()
        .iter()
        .copied()
        .map(|to| view! { <Place desk id=id.clone() from=phase to/> })
        .collect_view();
    view! {
        <span class="ml-auto flex">
            <button type="button" class="btn btn-ghost btn-icon drag-handle needs-script" id=format!("grip-{id}")
                aria-label=format!("Move {number}: drag, or press an arrow") on:keydown=keys>
                <Icon name="grip-vertical"/>
            </button>
            <button type="button" class="btn btn-ghost btn-icon" popovertarget=menu.clone() aria-label=format!("Move {number} to…")>
                <Icon name="more-horizontal"/>
            </button>
        </span>
        <form method="post" action="/board/moves" id=menu class="pop pop-anchor" popover="auto">
            <input type="hidden" name="order" value=id/>
            <input type="hidden" name="from" value=phase.name()/>
            {places}
        </form>
    }
    .into_any()
}

/// One entry of the menu: a move, or a link to where more must be said than a place.
#[component]
fn Place(desk: BoardState, id: String, from: Phase, to: Phase) -> impl IntoView {
    let face = view! { <Icon name=to.icon()/>{to.verb()} };
    if droppable(from, to) {
        let go = move |ev: leptos::ev::MouseEvent| {
            ev.prevent_default();
            desk.move_card(id.clone(), from, to);
        };
        view! { <button class="pop-item" name="to" value=to.name() on:click=go>{face}</button> }.into_any()
    } else {
        let anchor = if to == Phase::Delivered {
            "hand-over"
        } else {
            "move"
        };
        view! { <a class="pop-item" href=format!("/work-orders/{id}#{anchor}")>{face}</a> }.into_any()
    }
}

/// Right and left go to the next column that the phase may move to.
fn by_key(desk: BoardState, id: &str, from: Phase, ev: &KeyboardEvent) {
    let open: Vec<Phase> = Phase::open().collect();
    let at = open.iter().position(|phase| *phase == from).unwrap_or_default();
    let to = match ev.key().as_str() {
        "ArrowRight" => open[at + 1..].iter().find(|to| droppable(from, **to)),
        "ArrowLeft" => open[..at].iter().rev().find(|to| droppable(from, **to)),
        _ => return,
    };
    ev.prevent_default();
    if let Some(to) = to {
        desk.move_card(id.to_owned(), from, *to);
        refocus(id.to_owned());
    }
}
