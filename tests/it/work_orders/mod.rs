//! Work orders through the front door.
mod content;
mod notes;
mod phases;
mod races;
mod rights;
