//! What every form keeps: it acts once, and nothing typed is lost.
mod once;
mod overtaken;
