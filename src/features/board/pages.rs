//! The page around the island, and the target of its forms.
use super::form::{Card, CardForm};
use super::islands::{LiveBoard, Refusal};
use super::model::name_of;
use super::selectors;
use crate::features::work_orders::service::{self, Move};
use crate::kernel::permission::{CreateWorkOrders, MoveWorkOrders, ViewWorkOrders};
use crate::server::prelude::*;
use crate::ui::prelude::*;
use leptos::prelude::*;

pub(super) async fn board(scope: Scope<ViewWorkOrders>) -> PageResult {
    page(scope, None).await
}

/// The board, with the move that was refused just now if one was.
async fn page<P: Permission>(mut scope: Scope<P>, refused: Option<(WorkOrderId, AppError)>) -> PageResult {
    let start = selectors::on_board(&mut scope).await?;
    let (may_move, may_create) = (
        scope.allows::<MoveWorkOrders>(),
        scope.session().opens::<CreateWorkOrders>(),
    );
    let (count, terms) = (start.cards.len(), scope.session().terms());
    let subtitle = match (scope.session().sees_assigned_only(), count) {
        // Colleagues' orders are there too, only this member does not see them.
        (true, _) => format!("{} {count} open", terms.say("Your work orders:")),
        (false, 1) => terms.say("1 open work order"),
        (false, _) => format!("{count} {}", terms.say("open work orders")),
    };
    let status = if refused.is_some() { 409 } else { 200 };
    let frame = Page::new("Board")
        .nav("/board")
        .islands()
        .news_of_orders()
        .status(status);
    Ok(scope.page(frame, move || {
        let refusal = refused.map(|(id, problem)| {
            let name = name_of(&start.cards, &id.to_string(), terms);
            view! { <Refusal name problem/> }
        });
        view! {
            <PageHeader title="Board" subtitle=subtitle>
                {may_create.then(|| view! { <ButtonLink href="/check-in" label="Check-in" icon="plus" variant=Variant::Primary/> })}
            </PageHeader>
            {refusal}
            <LiveBoard start=start may_move=may_move may_create=may_create/>
        }
    }))
}

pub(super) async fn move_card(
    mut scope: Scope<MoveWorkOrders>,
    FormBody(form): FormBody<CardForm>,
) -> PageResult {
    let wish = form.parse(&scope.form_context());
    if wish.as_ref().is_err_and(|errors| errors.at("order").is_some()) {
        return Err(AppError::NotFound);
    }
    let Card { order, from, to } = wish?;
    let wish = Move { from, ..Move::to(to) };
    let moved = service::move_to(&mut scope, order, &wish, "").await;
    match moved {
        Err(refused @ AppError::Conflict(_)) => page(scope.start_over().await?, Some((order, refused))).await,
        Err(other) => Err(other),
        Ok(()) => scope.done("/board", &format!("Moved to {}", to.label())).await,
    }
}
