//! What reacts on the board.
mod board;
mod card;
mod drag;

#[cfg(feature = "ssr")]
pub(super) use board::{LiveBoard, Refusal};
