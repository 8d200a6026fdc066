//! What reacts on the board.
mod board;
mod card;
mod desk;
mod drag;

#[cfg(feature = "ssr")]
pub(super) use board::{LiveBoard, Refusal};
