//! The part of the search that reacts.
mod search_box;

pub use search_box::SearchBox;
