//! Writes and their rules. Each locks the order first, so that writes on one order happen one after the other.
mod assign;
mod concerns;
mod create;
mod decisions;
mod details;
mod hand_over;
mod jobs;
mod line_changes;
mod lines;
mod moves;
mod notes;
mod odometer;
mod order;
mod seen;
mod work;

pub use super::form::{
    ConcernChange, Decide, Finding, HandOver, JobLines, Move, NewConcern, NewNote, Reading,
};
pub use assign::{assign, unassign};
pub use concerns::{add_concern, change_concern, record_finding};
pub use create::{NewWorkOrder, create};
pub use decisions::decide;
pub use details::change_details;
pub(in crate::features::work_orders) use details::zone_of;
pub use hand_over::hand_over;
pub use jobs::{add_job, change_job, remove_job};
pub use lines::save_lines;
pub use moves::move_to;
pub use notes::{add_note, clear_attention, see_mentions};
pub use odometer::record_odometer;
pub use order::{announce, refuse, reserve};
pub use seen::{see_changes, start_seen};
pub use work::{finish_job, start_job, take_job};
