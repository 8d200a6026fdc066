//! What the board's island asks.
use super::model::BoardView;
use crate::domain::order::Phase;
use crate::kernel::AppResult;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    super::selectors,
    crate::features::work_orders::service::{self, Move},
    crate::kernel::permission::{MoveWorkOrders, ViewWorkOrders},
    crate::server::prelude::*,
};

/// The cards as they are now.
#[server]
pub async fn read_board() -> AppResult<BoardView> {
    let mut scope = Scope::<ViewWorkOrders>::read().await?;
    selectors::on_board(&mut scope).await
}

/// Moves an order from the phase that the screen shows to another; answers with the board afterwards.
#[server]
pub async fn move_card(order: String, from: Phase, to: Phase) -> AppResult<BoardView> {
    let mut scope = Scope::<MoveWorkOrders>::write().await?;
    let id = order.parse().map_err(|_| AppError::NotFound)?;
    service::move_to(
        &mut scope,
        id,
        &Move {
            from: Some(from),
            ..Move::to(to)
        },
        "",
    )
    .await?;
    let board = selectors::on_board(&mut scope).await?;
    scope.commit().await?;
    Ok(board)
}
