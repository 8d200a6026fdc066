//! The page around the island, and the target of its forms.
use super::islands::LiveBoard;
use super::selectors;
use crate::features::work_orders::model::Phase;
use crate::features::work_orders::service::{self, Move};
use crate::kernel::permission::{CreateWorkOrders, MoveWorkOrders, ViewWorkOrders};
use crate::server::prelude::*;
use crate::ui::prelude::*;
use leptos::prelude::*;
use serde::Deserialize;

pub(super) async fn board(mut scope: Scope<ViewWorkOrders>) -> PageResult {
    let start = selectors::on_board(&mut scope).await?;
    let (may_move, may_create) = (
        scope.allows::<MoveWorkOrders>(),
        scope.allows::<CreateWorkOrders>(),
    );
    let count = start.cards.len();
    let subtitle = if count == 1 {
        "1 open work order".to_owned()
    } else {
        format!("{count} open work orders")
    };
    Ok(scope.page(Page::new("Board").nav("/board").islands(), move || {
        view! {
            <PageHeader title="Board" subtitle=subtitle>
                {may_create.then(|| view! { <ButtonLink href="/check-in" label="Check-in" icon="plus" variant=Variant::Primary/> })}
            </PageHeader>
            <LiveBoard start=start may_move=may_move may_create=may_create/>
        }
    }))
}

/// A card's menu without script.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct MoveForm {
    order: String,
    from: String,
    to: String,
}

pub(super) async fn move_card(
    mut scope: Scope<MoveWorkOrders>,
    FormBody(form): FormBody<MoveForm>,
) -> PageResult {
    let id: WorkOrderId = form.order.parse().map_err(|_| AppError::NotFound)?;
    let to = Phase::parse(&form.to).ok_or_else(|| AppError::field("to", Problem::Missing))?;
    service::move_to(
        &mut scope,
        id,
        &Move {
            from: Phase::parse(&form.from),
            ..Move::to(to)
        },
    )
    .await?;
    scope.done("/board", &format!("Moved to {}", to.label())).await
}
