//! The board that moves: columns, and one place where every kind of move ends.
use super::super::api::{move_card, read_board};
use super::super::model::{BoardView, Card, name_of};
use super::card::CardView;
use super::drag::Drag;
use crate::features::live::on_change;
use crate::features::work_orders::model::Phase;
use crate::kernel::{AppError, Conflict, Terms};
use crate::ui::prelude::*;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

/// What cards share: the state of the board and the one way to move.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    cards: RwSignal<Vec<Card>>,
    /// Which work order was refused, and why.
    problem: RwSignal<Option<(String, AppError)>>,
    said: RwSignal<String>,
    pub(super) drag: RwSignal<Option<Drag>>,
    pub(super) may_move: bool,
    terms: Terms,
}

impl Desk {
    /// Shows the move at once, asks the server, and goes back with every reason when it is refused.
    pub(super) fn move_card(self, id: String, from: Phase, to: Phase) {
        self.problem.set(None);
        let name = self.cards.with_untracked(|cards| name_of(cards, &id, self.terms));
        self.place(&id, to);
        spawn_local(async move {
            match move_card(id.clone(), from, to).await {
                Ok(board) => {
                    self.cards.set(board.cards);
                    self.said.set(format!("Moved to {}", to.label()));
                }
                Err(problem) => {
                    self.place(&id, from);
                    self.problem.set(Some((name, problem)));
                    self.refresh();
                }
            }
        });
    }

    fn place(self, id: &str, phase: Phase) {
        self.cards.update(|cards| {
            if let Some(card) = cards.iter_mut().find(|card| card.id == id) {
                card.phase = phase;
            }
        });
    }

    fn refresh(self) {
        spawn_local(async move {
            if let Ok(board) = read_board().await {
                self.cards.set(board.cards);
            }
        });
    }
}

/// The columns, live.
#[island]
pub fn LiveBoard(start: BoardView, may_move: bool, may_create: bool) -> impl IntoView {
    let terms = start.terms;
    let desk = Desk {
        cards: RwSignal::new(start.cards),
        problem: RwSignal::new(None),
        said: RwSignal::new(String::new()),
        drag: RwSignal::new(None),
        may_move,
        terms,
    };
    on_change(move || desk.refresh());
    let columns = Phase::open()
        .map(|phase| view! { <PhaseColumn desk phase/> })
        .collect_view();
    view! {
        {start.cut.then(|| view! { <Alert tone=Tone::Warning>{terms.say("Only the next 300 promised work orders are shown.")}</Alert> })}
        <div>{move || desk.problem.get().map(|(name, problem)| view! { <Refusal name problem/> })}</div>
        <p class="sr-only" role="status">{desk.said}</p>
        <div>{move || desk.cards.with(Vec::is_empty).then(|| view! { <NothingHere may_create terms/> })}</div>
        <Board>{columns}</Board>
    }
}

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
fn PhaseColumn(desk: Desk, phase: Phase) -> impl IntoView {
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

/// Puts the focus back on a card's grip after the card was drawn anew in another column.
pub(super) fn refocus(id: String) {
    request_animation_frame(move || {
        let grip = document().get_element_by_id(&format!("grip-{id}"));
        if let Some(grip) = grip.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
            // A grip that is gone needs no focus.
            let _ = grip.focus();
        }
    });
}
