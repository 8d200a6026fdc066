//! Telling people what happened, asking before something happens.

mod alert;
mod dialog;
mod error_page;
mod menu;
mod progress;
#[cfg(feature = "ssr")]
mod reason_dialog;
mod toast;

pub use alert::Alert;
pub use dialog::{Confirm, Dialog};
pub use error_page::ErrorPage;
pub use menu::{Menu, MenuLink, MenuPost};
pub use progress::ProgressBar;
#[cfg(feature = "ssr")]
pub use reason_dialog::ReasonDialog;
pub use toast::Toast;
