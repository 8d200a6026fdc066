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
mod work;

pub use assign::{assign, unassign};
pub use concerns::{add_concern, change_concern, record_finding};
pub use create::{NewWorkOrder, create, create_as};
pub use decisions::{Decide, decide};
pub use details::{change_details, zone_of};
pub use hand_over::{HandOver, hand_over};
pub use jobs::{add_job, change_job, remove_job};
pub use lines::{LinesChange, save_lines};
pub use moves::{Move, move_to};
pub use notes::{NewNote, add_note, clear_attention, see_mentions};
pub use odometer::{Reading, record_odometer};
pub use work::{finish_job, start_job, take_job};
