//! Telling people what happened, asking before something happens.

mod alert;
mod dialog;
mod error_page;
mod menu;
mod progress;
mod toast;

pub use alert::Alert;
pub use dialog::{Confirm, Dialog};
pub use error_page::ErrorPage;
pub use menu::{Menu, MenuLink, MenuPost};
pub use progress::ProgressBar;
pub use toast::Toast;
