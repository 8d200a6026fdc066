//! The server: settings, command line, database, log.

pub mod cli;
pub mod config;
pub mod embedded;
pub mod serve;
pub mod telemetry;

pub use self::serve::serve;
