//! The folder of letters, shown in development: without a mail server nobody could follow a link otherwise.
mod pages;

pub use pages::routes;
