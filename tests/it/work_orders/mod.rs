//! Work orders through the front door.
mod billing;
mod by_itself;
mod content;
mod examples;
mod hand_over;
mod notes;
mod phases;
mod races;
mod rights;
mod who;
