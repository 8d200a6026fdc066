//! What reacts at check-in: only the sheet's print button. The look-up is the server's.
mod print;

#[cfg(feature = "ssr")]
pub(super) use print::PrintButton;
