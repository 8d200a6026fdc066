//! The board that moves: columns, and one place where every kind of move ends.
use super::super::model::BoardView;
use super::card::CardView;
use super::desk::BoardState;
use crate::domain::order::Phase;
use crate::kernel::{AppError, Conflict, Terms};
use crate::ui::island::{on_props, on_window, wakes};
use crate::ui::prelude::*;
use leptos::prelude::*;

/// The columns, live.
#[island]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub fn LiveBoard(start: BoardView, may_move: bool, may_create: bool) -> impl IntoView {
    let terms = start.terms;
    let desk = BoardState {
        cards: RwSignal::new(start.cards),
        problem: RwSignal::new(None),
        status: RwSignal::new(String::new()),
        drag: RwSignal::new(None),
        may_move,
        terms,
    };
    on_window("gantry:news", move |news| {
        news.prevent_default();
        desk.refresh();
    });
    on_props(move |now: LiveBoardPropsSerialized| {
        if now.may_move == may_move && now.may_create == may_create {
            desk.show(now.start.cards);
        }
    });
    let columns = Phase::open()
        .map(|phase| view! { <PhaseColumn desk phase/> })
        .collect_view();
    view! {
        {start.cut.then(|| view! { <Alert tone=Tone::Warning>{terms.say("Only the next 300 promised work orders are shown.")}</Alert> })}
        <div>{move || desk.problem.get().map(|(name, problem)| view! { <Refusal name problem/> })}</div>
        <p class="sr-only" role="status">{desk.status}</p>
        <div>{move || desk.cards.with(Vec::is_empty).then(|| view! { <NothingHere may_create terms/> })}</div>
        <Board>{columns}</Board>
    }
}

wakes!(
    LiveBoard,
    wake_LiveBoard,
    LiveBoardProps,
    LiveBoardPropsSerialized {
        start,
        may_move,
        may_create
    }
);

/// What to do with an empty board.
#[component]
fn NothingHere(may_create: bool, terms: Terms) -> impl IntoView {
    let text = if may_create {
        "Check in the first one: its card shows under Received and moves from phase to phase."
    } else {
        "Cards show here when the front desk checks something in."
    };
    view! {
        <EmptyState icon="kanban" title=terms.say("No open work orders") text>
            {may_create.then(|| view! { <ButtonLink href="/check-in" label="Check-in" icon="plus"/> })}
        </EmptyState>
    }
    .into_any()
}

#[component]
fn PhaseColumn(desk: BoardState, phase: Phase) -> impl IntoView {
    let cards = Memo::new(move |_| {
        desk.cards.with(|all| {
            all.iter()
                .filter(|card| card.phase == phase)
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let is_target = move || {
        desk.drag
            .with(|drag| drag.as_ref().is_some_and(|drag| drag.may_drop_on(phase)))
    };
    view! {
        <section class="board-col" class:is-target=is_target data-phase=phase.name() aria-label=phase.label()>
            <header class=format!("board-head {}", phase.tone().class())>
                <h2>{phase.label()}</h2>
                <span class="count">{move || cards.with(Vec::len)}</span>
            </header>
            {move || cards.get().into_iter().map(|card| view! { <CardView desk card/> }).collect_view()}
        </section>
    }
    .into_any()
}

/// Whose move was refused and why: everything that is missing, each with the place to mend it.
#[component]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub(in crate::features::board) fn Refusal(name: String, problem: AppError) -> impl IntoView {
    let (title, missing) = match problem {
        AppError::Conflict(Conflict::NotReady { missing }) => {
            (format!("{name} is not ready for this move"), missing)
        }
        other => (format!("{name}: {other}"), Vec::new()),
    };
    let list = missing
        .into_iter()
        .map(|m| view! { <li><a href=m.href>{m.what}</a></li> })
        .collect_view();
    view! {
        <div class="mb-4">
            <Alert tone=Tone::Danger title=title>
                <ul>{list}</ul>
            </Alert>
        </div>
    }
    .into_any()
}
