//! Work orders through the front door.
mod content;
mod phases;
mod races;
mod rights;
