//! Who asks: passwords, sessions, and the scope that every page, form and server function works in.
pub mod cleanup;
pub mod common_passwords;
pub mod flash;
pub mod password;
pub mod platform;
pub mod prove;
pub mod scope;
pub mod session;
